import { isMoreFavourable } from '../../runtime/terms/favour.ts';
import type { Value } from '../../runtime/terms/timeline.ts';
import { describeEdit, pathOf } from '../diff/describe-edit.ts';
import { type Edit, findEdits } from '../diff/find-edits.ts';
import type { World } from '../model.ts';
import { list } from '../report/list.ts';
import { plural } from '../report/plural.ts';
import { defineCheck } from './check.ts';
import { placeOfCause } from './facts/place-of-cause.ts';

export const check = defineCheck({
  name: 'plan-edit-takes',
  summary: 'an edit of a plan version takes something from who has it already, instead of going into a new version',
  scope: 'change',
  severity: 'error',
  options: {
    withoutFile: {
      kind: 'yesNo',
      default: true,
      description:
        'Accounts without a file may have the plan too, so that an edit counts even where no customer here has it.',
    },
  },
  example: {
    before: { 'customers/globex.yaml': 'plan: studio@2' },
    finds: {
      'plans/studio@2.yaml':
        'name: Studio\nrank: 20\nsettings: { seats: 4, apiCalls: 50000, auditLog: true }\nprice: { currency: USD, per: month, amount: "49.00" }\n',
    },
    ignores: {
      'plans/studio@3.yaml':
        'name: Studio\nrank: 20\nsettings: { seats: 4, apiCalls: 50000, auditLog: true }\nprice: { currency: USD, per: month, amount: "49.00" }\n',
    },
  },
  *find(change, { withoutFile }) {
    const { base, head } = change;
    const unread = new Set([...(base.unread ?? []), ...(head.unread ?? [])]);
    for (const edit of findEdits(base.model.world, head.model.world, unread)) {
      if (edit.room !== 'plan' || !base.model.world.plans.has(edit.id) || !head.model.world.plans.has(edit.id))
        continue;
      const cause = change.diff.causes.find(({ path }) => path === pathOf(edit));
      const takes = takesByItself(edit, base.model.world, head.model.world);
      const losing = takes === 'price' ? (cause?.listPrice ?? []) : cause && cause.takes > 0 ? cause.customers : [];
      // What shields everybody of today does not shield who signed up without a file.
      if (!takes && (edit.steps[0] === 'becomes' || losing.length === 0)) continue;
      if (losing.length === 0 && !withoutFile) continue;
      const whom =
        losing.length > 0 ? `${plural(losing.length, 'customer')} (${list(losing, 5)})` : 'accounts without a file';
      yield {
        at: placeOfCause(change, pathOf(edit)),
        message: `${describeEdit(edit, base.model.world.settings, head.model.world.settings)} takes from who has ${edit.id} already: ${whom}`,
        help: `leave ${edit.id} as it is and add the next version; \`sold: false\` on this one keeps it for who has it`,
      };
    }
  },
});

/** What an edit would take from somebody who has only the plan; nothing where it gives, or nobody can tell. */
function takesByItself({ steps, before, after }: Edit, base: World, head: World): 'value' | 'price' | undefined {
  const [first, second, third] = steps;
  if (first === 'settings') {
    const setting = head.settings[second ?? ''] ?? base.settings[second ?? ''];
    if (!setting) return undefined;
    const [from, to] = [(before ?? setting.default) as Value, (after ?? setting.default) as Value];
    if (setting.kind === 'list')
      return (from as readonly string[]).some((item) => !(to as readonly string[]).includes(item))
        ? 'value'
        : undefined;
    return isMoreFavourable(setting, from, to) ? 'value' : undefined;
  }
  if (first !== 'price') return undefined;
  const isAmount = second === 'amount' || ((second === 'units' || second === 'usage') && third !== undefined);
  return isAmount && amountOf(after) > amountOf(before) ? 'price' : undefined;
}

/** What is charged; nothing, where nothing is said. */
function amountOf(price: unknown): number {
  if (typeof price === 'object' && price !== null) return amountOf(Reflect.get(price, 'amount'));
  return price === undefined ? 0 : Number(price);
}
