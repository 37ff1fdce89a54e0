import type { Approvals } from '../../schemas/approvals.ts';
import { kinds } from '../../schemas/kinds.ts';
import type { ReportFault } from '../compile/fault.ts';
import type { World } from '../model.ts';
import { plural } from '../report/plural.ts';
import { compareDecimals, type Decimal, decimalOf } from './decimal.ts';

/** Points out classes that fewer people may approve than they need, at all or above some amount. */
export function checkReach({ classes, currency }: Approvals, { approvers, unread }: World, report: ReportFault): void {
  if (unread.has(kinds.approvers.files.path)) return;
  const people = approvers?.data.people ?? [];
  for (const [name, { needs }] of Object.entries(classes)) {
    const able = people.filter((person) => person.classes.includes(name));
    const place = ['classes', name];
    if (able.length < needs) {
      const there =
        able.length === 0 ? 'nobody may approve it' : `only ${plural(able.length, 'person', 'people')} may approve it`;
      report(place, 'class-without-people', `${name} needs ${plural(needs, 'person', 'people')}, and ${there}`, {
        severity: 'warning',
        key: true,
        help: 'name them in policies/approvers.yaml',
      });
      continue;
    }
    const limits = able.flatMap(({ limit }) => (limit === undefined ? [] : [limit])).sort(byAmount);
    const free = able.length - limits.length;
    if (free >= needs) continue;
    report(
      place,
      'limit-unreachable',
      `above ${limits[needs - free - 1]}${currency ? ` ${currency}` : ''} nobody can approve ${name}: it needs ${plural(needs, 'person', 'people')} whose limit is high enough`,
      { severity: 'warning', key: true, help: 'leave out `limit` for whoever may approve any amount' },
    );
  }
}

/** The highest first. */
const byAmount = (one: string, other: string): number =>
  compareDecimals(decimalOf(other) as Decimal, decimalOf(one) as Decimal);
