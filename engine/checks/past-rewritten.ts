import { addDays } from '../../runtime/terms/days.ts';
import { isOwn } from '../diff/causes.ts';
import type { Change } from '../diff/diff.ts';
import { showChange } from '../diff/show-value.ts';
import { list } from '../report/list.ts';
import { plural } from '../report/plural.ts';
import { defineCheck } from './check.ts';
import { approvalFor } from './facts/approval-for.ts';
import { placeOfCause, placeOfChange } from './facts/place-of-cause.ts';

export const check = defineCheck({
  name: 'past-rewritten',
  summary: 'a change alters what customers had on days that are over',
  scope: 'change',
  severity: 'error',
  options: {
    late: {
      kind: 'days',
      default: 31,
      description: 'How many days late something may be written down that goes on today.',
    },
  },
  example: {
    before: {
      'customers/acme.yaml': 'exceptions: [{ id: EX-1, set: { sso: true }, starts: 2026-02-01, expires: 2026-06-30 }]',
    },
    finds: {
      'customers/acme.yaml': 'exceptions: [{ id: EX-1, set: { sso: true }, starts: 2026-02-01, expires: 2026-08-31 }]',
    },
    ignores: {
      'customers/acme.yaml':
        'exceptions: [{ id: EX-1, set: { sso: true }, starts: 2026-02-01, expires: 2026-06-30 }, { id: EX-2, set: { sso: true }, starts: 2026-11-20, expires: 2027-06-30 }]',
    },
  },
  *find(change, { late }) {
    const asked = approvalFor(change, 'past');
    const leave =
      'leave what was: write the change as a record that starts today, and what is owed for the past as a credit';
    const help = asked ? `class ${asked} is asked; write what was agreed, not what should have been` : leave;
    const from = addDays(change.at, -late);
    const isRewritten = ({ past, effective }: Change) => past === true || (effective !== null && effective < from);
    for (const { customer, name, kind, vanished, changes } of change.diff.customers) {
      if (kind === 'added' || vanished) continue;
      const rewritten = changes.filter((one) => one.causes.some(isOwn) && isRewritten(one));
      const [first] = rewritten;
      if (!first) continue;
      const words = rewritten.map(({ path, from: was, to, effective, until }) => {
        const days = `${effective === null ? '' : ` from ${effective}`}${until === undefined ? '' : ` until ${until}`}`;
        return `${path} ${showChange(was, to)}${days}`;
      });
      // The line asks about days that are over and no others: nobody is asked about what goes on.
      const isAsked = asked !== undefined && rewritten.every(({ past }) => past === true);
      yield {
        milder: isAsked,
        at: placeOfChange(change, customer, first),
        message: `this rewrites the past of ${name}: ${list(words, 3)}`,
        help: isAsked ? help : leave,
      };
    }
    for (const { path, change: words, past = [] } of change.diff.causes) {
      if (isOwn(path) || past.length === 0) continue;
      yield {
        milder: asked !== undefined,
        at: placeOfCause(change, path),
        message: `${words} rewrites the past of ${plural(past.length, 'customer')}: ${list(past, 5)}`,
        help,
      };
    }
  },
});
