import type { Plan } from '../../schemas/plan.ts';
import type { Setting, Settings } from '../../schemas/setting.ts';
import { isTree } from '../compile/terms-tree.ts';
import { describeRulesEdit } from './describe-rules-edit.ts';
import type { Edit } from './find-edits.ts';
import { showChange, showValue } from './show-value.ts';

/** The file and the place in it, as people say it. */
export const pathOf = ({ file, steps }: Edit): string => (steps.length === 0 ? file : `${file} ${steps.join('.')}`);

/** An edit of something shared in one sentence, such as `seats 50 → 40`. Catalogues say what holds where nothing is said. */
export function describeEdit(edit: Edit, before: Settings, after: Settings): string {
  const { room, steps } = edit;
  switch (room) {
    case 'plan':
      return describePlan(edit, before, after);
    case 'menu':
      return describeMenu(edit);
    case 'lifecycle':
      return describeLifecycle(edit);
    case 'roles':
      return describeRole(edit);
    case 'settings':
      return describeSetting(edit);
    case 'onboarding':
      if (steps.length === 2) return came(edit, `detail ${steps[1]}`);
      return `detail ${steps[1]}: ${plainly(edit, 2)}`;
    case 'approvals':
    case 'approvers':
    case 'checks':
      return describeRulesEdit(edit);
    default:
      // Its path stands before it, and says the rest.
      return plainly(edit, Math.max(0, steps.length - 1));
  }
}

const plainly = ({ steps, before, after }: Edit, from: number): string =>
  `${steps.slice(from).join('.')} ${showChange(before, after)}`.trimStart();

function came({ before, after }: Edit, what: string): string {
  return before === undefined
    ? `new ${what}`
    : after === undefined
      ? `${what} removed`
      : `${what} ${showChange(before, after)}`;
}

function describePlan(edit: Edit, before: Settings, after: Settings): string {
  const [first, second, third] = edit.steps;
  if (first === undefined) return came(edit, 'plan');
  if (first === 'settings') {
    const key = second ?? '';
    const orDefault = (value: unknown, setting: Setting | undefined) =>
      value === undefined && setting ? `${showValue(setting.default)} (the default)` : showValue(value);
    return `${key} ${orDefault(edit.before, before[key] ?? after[key])} → ${orDefault(edit.after, after[key] ?? before[key])}`;
  }
  if (first === 'sold') return edit.after === false ? 'no longer sold' : 'sold again';
  if (first === 'standardTerms') return plainly(edit, 1);
  if (first === 'becomes') return describeMove(edit);
  if (first !== 'price') return plainly(edit, 0);
  const values = showChange(amountIn(edit.before), amountIn(edit.after));
  const isAmount = edit.steps.length === 3 || edit.steps[3] === 'amount';
  if (second === 'amount') return `list price ${values}`;
  if (second === 'units' && isAmount) return `list price of a unit of ${third} ${values}`;
  if (second === 'usage' && isAmount) return `list price of ${third} above the limit ${values}`;
  return plainly(edit, 0);
}

function describeMove({ id, before, after }: Edit): string {
  const [was, is] = [before, after] as readonly (Plan['becomes'] | undefined)[];
  if (!is) return `${id} no longer becomes ${was?.plan} on ${was?.on}`;
  const said = `${id} becomes ${is.plan} on ${is.on}`;
  if (!was) return said;
  return `${said}, no longer ${was.plan === is.plan ? '' : `${was.plan} `}on ${was.on}`;
}

/** Of a price that came or went as a whole, the amount. */
const amountIn = (price: unknown): unknown => (isTree(price) ? price.amount : price);

function describeMenu(edit: Edit): string {
  const [first, id, part, key] = edit.steps;
  const what = first === 'addOns' ? 'add-on' : first === 'services' ? 'service' : 'bounds';
  if (what === 'bounds') return `bounds of what sales may agree: ${plainly(edit, 1)}`;
  if (part === undefined) return came(edit, `${what} ${id}`);
  if (part === 'sets' || part === 'adds') return `${what} ${id} ${part} ${key} ${showChange(edit.before, edit.after)}`;
  if (part === 'plans') return `${what} ${id} is sold with ${showChange(edit.before, edit.after)}`;
  if (part === 'terms') return `${what} ${id}: ${plainly(edit, 3)}`;
  return `${what} ${id}: ${plainly(edit, 2)}`;
}

function describeLifecycle(edit: Edit): string {
  const [, stage, part, key] = edit.steps;
  if (part === undefined) return came(edit, `stage ${stage}`);
  if (part === 'set') return `stage ${stage} leaves ${key} ${showChange(edit.before, edit.after, 'as it is')}`;
  return `stage ${stage}: ${plainly(edit, 2)}`;
}

function describeRole(edit: Edit): string {
  const [, role, part] = edit.steps;
  if (part === undefined) return came({ ...edit, before: edit.before && [], after: edit.after && [] }, `role ${role}`);
  if (part !== 'may') return `role ${role}: ${plainly(edit, 2)}`;
  const [before, after] = [edit.before, edit.after].map((list) => (Array.isArray(list) ? list.map(String) : []));
  const more = after?.filter((action) => !before?.includes(action)) ?? [];
  const less = before?.filter((action) => !after?.includes(action)) ?? [];
  const parts = [
    ...(more.length > 0 ? [`may ${more.join(', ')}`] : []),
    ...(less.length > 0 ? [`may no longer ${less.join(', ')}`] : []),
  ];
  return `${role} ${parts.length > 0 ? parts.join(' and ') : 'may the same in another order'}`;
}

function describeSetting(edit: Edit): string {
  const [key, field] = edit.steps;
  const { before, after } = edit as { before: Setting | undefined; after: Setting | undefined };
  if (field === 'default') return `default of ${key} ${showChange(edit.before, edit.after)}`;
  if (field !== undefined) return `${key}: ${plainly(edit, 1)}`;
  if (before && after)
    return `${key} is a ${after.kind}, no longer a ${before.kind}; its default ${showChange(before.default, after.default)}`;
  return after ? `new setting ${key}, ${showValue(after.default)} by default` : `setting ${key} removed`;
}
