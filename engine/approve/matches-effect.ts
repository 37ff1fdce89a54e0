import type { ApprovalWhen } from '../../schemas/approvals.ts';
import { pathsTouch } from '../compile/terms-tree.ts';
import { boundsOf, type Worlds } from './bound-of.ts';
import { type Effect, recordOf } from './effect.ts';
import { listOf } from './line-kind.ts';
import { menuPlace } from './menu-place.ts';
import { compareSizes, sizeOf } from './size-of.ts';

type Key = Exclude<keyof ApprovalWhen, 'customers' | 'percent' | 'edits' | 'machinery'>;
type Holds<K extends Key> = (
  wanted: NonNullable<ApprovalWhen[K]>,
  effect: Effect,
  worlds: Worlds,
  when: ApprovalWhen,
) => boolean;

/** When each key of `when` holds for an effective change. */
const keys: { readonly [K in Key]: Holds<K> } = {
  setting: (names, { change }) => listOf(names).some((name) => change.path === `settings.${name}`),
  term: (paths, { change }) =>
    change.path.startsWith('terms.') &&
    listOf(paths).some((path) => pathsTouch(change.path.slice('terms.'.length), path)),
  access: (_, { change }) => change.path.startsWith('access.'),
  action: (actions, { change }) =>
    listOf(actions).some(
      (action) => change.path === `access.rules.${action}` || change.path.startsWith(`access.rules.${action}.`),
    ),
  account: (_, { change }) => change.path === 'account',
  service: (ids, { change }) =>
    change.path.startsWith('services.') &&
    (ids === true || listOf(ids).includes(change.path.slice('services.'.length))),
  plan: (names, { change, after }, _, when) =>
    isAboutValue(when)
      ? after?.segments.some(({ plan }) => isPlan(plan, listOf(names))) === true
      : change.path === 'plan' && isPlan(change.to, listOf(names)),
  area: (areas, effect, worlds) => {
    const area = areaOf(effect, worlds);
    return area !== undefined && (listOf(areas) as readonly string[]).includes(area);
  },
  kind: (kinds, effect) => recordsOf(effect).some(({ kind }) => listOf(kinds).includes(kind)),
  decision: (decisions, effect) => recordsOf(effect).some(({ decision }) => listOf(decisions).includes(decision)),
  direction: (direction, { change }) => change.direction === direction,
  above: (bound, effect, worlds) => isBeyond(bound, effect, worlds, 1),
  below: (bound, effect, worlds) => isBeyond(bound, effect, worlds, -1),
  is: (values, { change }) => listOf(change.to).some((value) => listOf(values).some((wanted) => isSame(value, wanted))),
  outsideMenu: (_, effect, worlds) => menuPlace(effect, worlds) === 'outside',
  underContract: (_, { underContract }) => underContract,
  past: (_, { change, isNew }) => change.past === true && !isNew,
};

const names = Object.keys(keys) as Key[];

/** Whether everything that a line asks of an effective change holds; what it asks of other things is not looked at. */
export function matchesEffect(when: ApprovalWhen, effect: Effect, worlds: Worlds): boolean {
  return names.every((name) => {
    const wanted = when[name];
    return wanted === undefined || (keys[name] as Holds<Key>)(wanted as never, effect, worlds, when);
  });
}

/** What the menu sells goes through without a question, unless the customer loses by it. */
export const isSoldFreely = (effect: Effect, worlds: Worlds): boolean =>
  effect.change.direction !== 'takes' && menuPlace(effect, worlds) === 'menu';

/** Whether a line names values of those who have a plan, so that coming to it is not what it is about. */
const isAboutValue = ({ setting, term, access, action, service, account }: ApprovalWhen): boolean =>
  [setting, term, access, action, service, account].some((wanted) => wanted !== undefined);

const isPlan = (id: unknown, plans: readonly string[]): boolean =>
  typeof id === 'string' && (plans.includes(id) || plans.includes(id.slice(0, id.indexOf('@'))));

const recordsOf = (effect: Effect) => effect.exceptions.flatMap((id) => recordOf(effect, id) ?? []);

function areaOf({ change }: Effect, { base, head }: Worlds): string | undefined {
  const [first, second = ''] = change.path.split('.');
  if (first === 'access') return 'access';
  if (first === 'settings') return (head.settings[second] ?? base.settings[second])?.area;
  return first === 'terms' && (second === 'billing' || second === 'support') ? second : undefined;
}

function isBeyond(bound: NonNullable<ApprovalWhen['above']>, effect: Effect, worlds: Worlds, side: 1 | -1): boolean {
  const size = sizeOf(effect.change.to);
  if (size === undefined) return false;
  return boundsOf(bound, effect, worlds).some((limit) => limit === undefined || compareSizes(size, limit) * side > 0);
}

function isSame(value: unknown, wanted: string | number | boolean): boolean {
  if (value === wanted) return true;
  const [size, other] = [sizeOf(value), sizeOf(wanted)];
  return typeof value !== 'boolean' && size !== undefined && other !== undefined && compareSizes(size, other) === 0;
}
