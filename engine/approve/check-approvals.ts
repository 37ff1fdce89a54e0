/** The faults of `policies/approvals.yaml`: lines that name what is not there, or that could never hold. */
import type { Approvals, ApprovalWhen } from '../../schemas/approvals.ts';
import { kinds } from '../../schemas/kinds.ts';
import { termWords } from '../../schemas/term-words.ts';
import type { ReportFault } from '../compile/fault.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Pointer } from '../document.ts';
import type { World } from '../model.ts';
import { BREAK_GLASS } from './approval-policy.ts';
import { checkReach } from './check-reach.ts';
import { lineKind, listOf } from './line-kind.ts';

/** Reports every fault of the classes and lines, as far as plans, roles and approvers tell; settings are checked before. */
export function checkApprovals(approvals: Approvals, world: World, report: ReportFault): void {
  const { classes, lines } = approvals;
  lines.forEach(({ when, class: name }, index) => {
    const here = ['lines', index];
    if (!Object.hasOwn(classes, name))
      report(
        [...here, 'class'],
        'unknown-class',
        `no class named ${name} is among \`classes\`${didYouMean(name, Object.keys(classes))}`,
      );
    checkWhen(when, [...here, 'when'], world, report);
  });
  const used = new Set([BREAK_GLASS, ...lines.map(({ class: name }) => name)]);
  for (const name of Object.keys(classes))
    if (!used.has(name))
      report(['classes', name], 'unused-class', `no line asks for the class ${name}`, {
        severity: 'warning',
        key: true,
        help: 'write a line that does, or remove the class',
      });
  checkReach(approvals, world, report);
}

function checkWhen(when: ApprovalWhen, here: Pointer, world: World, report: ReportFault): void {
  each(when.term, [...here, 'term'], (path, at) => checkTerm(path, at, report));
  each(when.plan, [...here, 'plan'], (name, at) => checkPlan(name, at, world, report));
  each(when.action, [...here, 'action'], (action, at) => checkAction(action, at, world, report));
  if (when.service !== true) each(when.service, [...here, 'service'], (id, at) => checkService(id, at, world, report));
  checkBounds(when, here, report);
  const reason = whyNever(when);
  if (reason) report(here, 'line-never-holds', reason, { key: true, help: 'make two lines of it' });
}

function each<T>(value: T | readonly T[] | undefined, here: Pointer, check: (one: T, at: Pointer) => void): void {
  if (value === undefined) return;
  if (Array.isArray(value)) value.forEach((one, index) => check(one, [...here, index]));
  else check(value as T, here);
}

const contractWords = ['id', 'signed', 'starts', 'ends', 'renewal', 'promises'];
const words: Readonly<Record<string, readonly string[]>> = {
  billing: Object.keys(termWords.billing),
  support: Object.keys(termWords.support),
  contract: contractWords,
};

function checkTerm(path: string, at: Pointer, report: ReportFault): void {
  const [area = '', word, ...rest] = path.split('.');
  const known = Object.hasOwn(words, area) ? words[area] : undefined;
  if (!known) {
    const home = Object.keys(words).find((candidate) => words[candidate]?.includes(area));
    const meant = home === undefined ? didYouMean(area, Object.keys(words)) : `; did you mean ${home}.${path}?`;
    report(at, 'unknown-term', `a term begins with billing, support or contract, not with ${area}${meant}`);
  } else if (word !== undefined && !known.includes(word))
    report(at, 'unknown-term', `there is no term ${path}${didYouMean(word, known)}`, {
      help: `${area} has ${known.join(', ')}`,
    });
  else if (rest.includes('') || word === '') report(at, 'unknown-term', `there is no term ${path}`);
}

function checkPlan(name: string, at: Pointer, { plans, unread }: World, report: ReportFault): void {
  const refs = [...plans.keys(), ...[...unread].flatMap((path) => /^plans\/(.+)\.yaml$/.exec(path)?.[1] ?? [])];
  const names = new Set(refs.flatMap((ref) => [ref, ref.slice(0, ref.indexOf('@'))]));
  if (!names.has(name)) report(at, 'unknown-plan', `no plan named ${name}${didYouMean(name, names)}`);
}

/** Groups of customers may allow actions of their own, so an unknown one is only unlikely. */
function checkAction(action: string, at: Pointer, { roles, unread }: World, report: ReportFault): void {
  const actions = Object.values(roles?.data.roles ?? {}).flatMap(({ may }) => may);
  if (!actions.includes(action) && !unread.has(kinds.roles.files.path))
    report(at, 'unknown-action', `no role may ${action}${didYouMean(action, actions)}`, {
      severity: 'warning',
      help: 'actions are what roles in policies/roles.yaml `may`',
    });
}

function checkService(id: string, at: Pointer, { menu, unread }: World, report: ReportFault): void {
  const services = Object.keys(menu?.data.services ?? {});
  if (!services.includes(id) && !unread.has(kinds.menu.files.path))
    report(at, 'unknown-service', `no service named ${id} is on the menu${didYouMean(id, services)}`);
}

/** The terms that can be more or less, each with what may follow it. */
const sizes: readonly RegExp[] = [
  /^billing\.(interval|paymentTerms|discount\.percent|discount\.amount|tax\.rate)$/,
  /^billing\.unitPrices(\.[A-Za-z0-9]+)?$/,
  /^support\.firstResponseHours(\.[A-Za-z0-9]+)?$/,
  /^contract\.renewal\.(noticeDays|months|maxIncreasePercent)$/,
];

function checkBounds(when: ApprovalWhen, here: Pointer, report: ReportFault): void {
  for (const key of ['above', 'below', 'is'] as const) {
    if (when[key] === undefined) continue;
    if (when.setting === undefined && when.term === undefined && when.service === undefined)
      report([...here, key], 'bound-without-value', `\`${key}\` is held against a value, and the line names none`, {
        key: true,
        help: 'add `setting`, `term` or `service`',
      });
    const sizeless =
      key === 'is' ? [] : listOf(when.term ?? []).filter((path) => !sizes.some((size) => size.test(path)));
    for (const path of sizeless)
      report([...here, key], 'bound-without-size', `${path} is neither more nor less than anything`, {
        key: true,
        help: 'name a term that is a number, such as billing.discount.percent, billing.paymentTerms or support.firstResponseHours',
      });
  }
}

/** One change has one place: a line that asks for two of them at once asks for nothing. */
function whyNever(when: ApprovalWhen): string | undefined {
  const said = (Object.keys(when) as (keyof ApprovalWhen)[]).filter((key) => when[key] !== undefined);
  const places = [
    ...(['setting', 'term', 'service', 'account'] as const).filter((key) => when[key] !== undefined),
    ...(when.access || when.action !== undefined ? ['access'] : []),
  ];
  if (places.length > 1) return `no change is one of \`${places.join('` and of `')}\` at once`;
  const kind = lineKind(when);
  const beside = (allowed: readonly (keyof ApprovalWhen)[]) => said.filter((key) => !allowed.includes(key));
  const others =
    kind === 'machinery'
      ? beside(['machinery'])
      : kind === 'edit'
        ? beside(['edits', 'plan', 'setting'])
        : kind === 'blast'
          ? said.filter((key) => key === 'edits')
          : [];
  return others.length > 0 ? `\`${others.join('`, `')}\` says nothing of ${subjects[kind]}` : undefined;
}

const subjects = { machinery: 'machinery', edit: 'an edit of a shared file', blast: 'how many', effect: 'a change' };
