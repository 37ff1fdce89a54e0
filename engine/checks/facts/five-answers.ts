import { forEver } from '../../../runtime/terms/days.ts';
import { isMoreFavourable } from '../../../runtime/terms/favour.ts';
import type { Day } from '../../../runtime/terms/timeline.ts';
import type { Contract, Customer } from '../../../schemas/customer.ts';
import type { Exception } from '../../../schemas/exception.ts';
import { isTree } from '../../compile/terms-tree.ts';
import type { Pointer } from '../../document.ts';
import type { Entry } from '../../model.ts';
import type { CheckedChange } from '../checked-change.ts';
import { compareWithout } from './compare-without.ts';
import { exceptionLives } from './exception-lives.ts';
import { isPlaceholder, plainWords } from './plain-words.ts';

type Group = NonNullable<NonNullable<Customer['access']>['groups']>[number];

/** What the five questions are asked about. */
export type Asked = { what: string; customer: Entry<Customer>; pointer: Pointer } & (
  | { kind: 'exception'; index: number; exception: Exception }
  | { kind: 'contract'; contract: Contract; before: Contract | undefined }
  | { kind: 'group'; group: Group }
  | { kind: 'customer' }
);

/** For each question why the answer is no; nothing: it is yes. */
export type Answers = readonly [string[], string[], string[], string[], string[]];

/** Answers from what is written down alone. `sharing`: what the customer, where it is new, shares with another. */
export function answersOf(change: CheckedChange, asked: Asked, words: number, sharing: string[]): Answers {
  return [inCode(asked), sharing, unclear(asked, words), misbilled(change, asked), foreign(change, asked)];
}

function inCode(asked: Asked): string[] {
  if (asked.kind === 'exception')
    return asked.exception.livesIn === 'code' && asked.exception.decision !== 'feature'
      ? ['it lives in code and is no feature']
      : [];
  if (asked.kind !== 'contract') return [];
  return newPromises(asked).flatMap(({ what, livesIn }) => (livesIn === 'code' ? [`“${what}” lives in code`] : []));
}

const newPromises = ({ contract, before }: Extract<Asked, { kind: 'contract' }>) =>
  (contract.promises ?? []).filter(({ what }) => !before?.promises?.some((old) => old.what === what));

function unclear(asked: Asked, words: number): string[] {
  if (asked.kind === 'contract')
    return newPromises(asked).flatMap(({ what, owner, livesIn, runbook }) => [
      ...(isPlaceholder(owner) ? [`nobody owns “${what}”`] : []),
      ...(livesIn === 'manual' && runbook === undefined ? [`no page says how “${what}” is done`] : []),
    ]);
  if (asked.kind !== 'exception') return [];
  const { handledBy, because, need, livesIn, runbook } = asked.exception;
  const isShort = (text: string) => isPlaceholder(text) || plainWords(text).length < words;
  return [
    ...(isPlaceholder(handledBy) ? ['nobody answers when it breaks'] : []),
    ...(isShort(need) ? ['the need is not said in plain words'] : []),
    ...(isShort(because) ? ['the reason says too little'] : []),
    ...(livesIn === 'manual' && runbook === undefined ? ['no page says how it is done'] : []),
  ];
}

function misbilled(change: CheckedChange, asked: Asked): string[] {
  if (asked.kind === 'contract') {
    const { contract, before } = asked;
    const old = new Set(before?.amendments?.map((amendment) => JSON.stringify(amendment.billing)));
    const amended = (contract.amendments ?? []).filter(({ billing }) => !old.has(JSON.stringify(billing)));
    const isSame = before !== undefined && JSON.stringify(before.billing) === JSON.stringify(contract.billing);
    // Where a contract ends and does not go on by itself, its discount ends with it.
    const ends = contract.ends !== undefined && contract.renewal?.kind !== 'auto';
    return [...(isSame ? [] : [contract.billing]), ...amended.map(({ billing }) => billing)].flatMap((billing) =>
      givenWithoutEnd(billing, ends),
    );
  }
  if (asked.kind !== 'exception') return [];
  const { customer, index, exception } = asked;
  // A promise has a last day of its own, and what it gives leaves with it.
  if (exception.decision === 'promise') return givenWithoutEnd(exception.terms.billing, true);
  if (exception.decision !== 'configuration') return [];
  const life = exceptionLives(change, customer).find((one) => one.index === index);
  const { plans, settings } = change.head.model.world;
  const given = new Map<string, string>();
  for (const stretch of life ? compareWithout(change, life) : [])
    for (const key of Object.keys({ ...exception.set, ...exception.add })) {
      const setting = settings[key];
      const isSold = Object.hasOwn(plans.get(stretch.plan)?.data.price.units ?? {}, key);
      if (!setting || !isSold) continue;
      if (isMoreFavourable(setting, stretch.with[key] ?? setting.default, stretch.without[key] ?? setting.default))
        given.set(key, stretch.plan);
    }
  return [...given].map(([key, plan]) => `it gives ${key} away, which ${plan} sells by the unit`);
}

function givenWithoutEnd(billing: unknown, ends: boolean): string[] {
  if (!isTree(billing)) return [];
  const { discount, credits } = billing;
  const lastDay: Day | undefined = isTree(discount) && typeof discount.until === 'string' ? discount.until : undefined;
  const isOpen = isTree(discount) && !ends && (lastDay === undefined || lastDay === 'unset' || lastDay === forEver);
  const isSilent = Array.isArray(credits) && credits.some((credit) => isTree(credit) && credit.reason === undefined);
  return [
    ...(isOpen ? ['a discount has no last day (`until`)'] : []),
    ...(isSilent ? ['a credit has no `reason`'] : []),
  ];
}

/** What names a role or an action that no base role has. */
function foreign(change: CheckedChange, asked: Asked): string[] {
  const roles = change.head.model.world.roles?.data.roles;
  if (!roles) return [];
  const actions = new Set(Object.values(roles).flatMap(({ may }) => may));
  const isUnknown = (names: readonly string[], known: (name: string) => boolean, what: string) =>
    names.filter((name) => !known(name)).map((name) => `no base role ${what} ${name}`);
  const isRole = (name: string) => Object.hasOwn(roles, name);
  const isAction = (name: string) => actions.has(name);
  if (asked.kind === 'group')
    return [...isUnknown(asked.group.roles ?? [], isRole, 'is'), ...isUnknown(asked.group.may ?? [], isAction, 'may')];
  if (asked.kind !== 'exception' || asked.exception.decision !== 'configuration') return [];
  return (asked.exception.access ?? []).flatMap(({ action, approver, only }) => [
    ...isUnknown([action], isAction, 'may'),
    ...isUnknown([...(approver === undefined ? [] : [approver]), ...(only ?? [])], isRole, 'is'),
  ]);
}
