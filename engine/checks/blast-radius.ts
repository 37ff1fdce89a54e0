import { kinds } from '../../schemas/kinds.ts';
import { list } from '../report/list.ts';
import { plural } from '../report/plural.ts';
import { defineCheck } from './check.ts';
import type { CheckedChange } from './checked-change.ts';
import { placeOfCause } from './facts/place-of-cause.ts';

export const check = defineCheck({
  name: 'blast-radius',
  summary: 'a change reaches more customers than may be reached at once, or than may be reached in a day of releases',
  scope: 'change',
  severity: 'error',
  options: {
    customers: {
      kind: 'count',
      default: 500,
      description: 'How many customers a change may reach; `publish.yaml` may say less.',
    },
    percent: {
      kind: 'percent',
      default: 5,
      description: 'How many of all customers it may reach; `publish.yaml` may say less.',
    },
    atLeast: { kind: 'count', default: 10, description: 'Up to so many customers, the percentage does not matter.' },
  },
  example: {
    before: {
      'policies/checks.yaml': 'blast-radius: { customers: 1 }',
      'customers/globex.yaml': 'plan: studio@2',
      'customers/initech.yaml': 'plan: studio@2',
    },
    finds: {
      'customers/globex.yaml': 'addOns: [{ id: extraCalls }]',
      'customers/initech.yaml': 'addOns: [{ id: extraCalls }]',
    },
    ignores: { 'customers/globex.yaml': 'addOns: [{ id: extraCalls }]' },
  },
  *find(change, options) {
    const said = Object.values(change.base.model.world.publish?.data.environments ?? {}).flatMap(
      ({ blast }) => blast ?? [],
    );
    const most = Math.min(options.customers, ...said.flatMap(({ customers }) => customers ?? []));
    const percent = Math.min(options.percent, ...said.flatMap((one) => one.percent ?? []));
    const all = change.base.model.customers.size;
    const reached = new Set(
      change.diff.customers.flatMap(({ customer, kind, changes }) =>
        kind === 'added' || changes.every(({ past }) => past) ? [] : [customer],
      ),
    );
    const isTooMany = (count: number) => count > most || (count > options.atLeast && count * 100 > percent * all);
    const limit = (when: string) =>
      wordLimit(
        [plural(most, 'customer'), most < options.customers],
        [`${percent} percent`, percent < options.percent],
        `is the most ${when}`,
      );
    const [widest] = change.diff.causes;
    const at = widest ? placeOfCause(change, widest.path) : 'customers';
    const together = new Set([...reached, ...change.recent]);
    if (isTooMany(reached.size)) {
      const asked = bulkClass(change, reached.size);
      yield {
        milder: asked !== undefined,
        at,
        message: `this reaches ${plural(reached.size, 'customer')} of ${all}; ${limit('at once')}: ${list([...reached], 5)}`,
        help: asked
          ? `people of the class ${asked} are asked, and approve this number`
          : 'split it, or have the number approved: a line on `customers` or `percent` in policies/approvals.yaml',
      };
    } else if (reached.size > 0 && isTooMany(together.size))
      yield {
        at,
        message: `with the releases of the last 24 hours this reaches ${plural(together.size, 'customer')} of ${all}; ${limit('in a day')}`,
        help: 'wait for tomorrow, or put it into one change that is approved by number',
      };
  },
});

const PUBLISH = kinds.publish.files.path;

/** Both numbers, and which of them are so small because publishing takes no more. */
function wordLimit(
  [customers, isPublished]: readonly [string, boolean],
  [percent, isPublishedShare]: readonly [string, boolean],
  end: string,
): string {
  const from = (isSaid: boolean) => (isSaid ? ` (${PUBLISH})` : '');
  if (isPublished && isPublishedShare) return `${customers} or ${percent} ${end}${from(true)}`;
  return `${customers}${from(isPublished)} or ${percent}${from(isPublishedShare)} ${end}`;
}

/** The class that the base asks for so many customers, whoever they are. */
function bulkClass({ base }: CheckedChange, reached: number): string | undefined {
  const share = (reached * 100) / base.model.customers.size;
  return base.model.world.approvals?.data.lines.find(({ when: { customers, percent, ...rest } }) => {
    if (Object.keys(rest).length > 0 || !(customers || percent)) return false;
    return (!customers || reached > customers.above) && (!percent || share > percent.above);
  })?.class;
}
