/** The faults of `policies/approvers.yaml`: people who are there twice, and classes that are nowhere. */

import type { Approvers } from '../../schemas/approvals.ts';
import { kinds } from '../../schemas/kinds.ts';
import type { ReportFault } from '../compile/fault.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Pointer } from '../document.ts';
import type { World } from '../model.ts';

/** Reports every fault of the people, as far as the classes tell. */
export function checkApprovers({ people }: Approvers, { approvals, unread }: World, report: ReportFault): void {
  checkOnce(
    'id',
    people.map(({ id }, index) => ({ value: String(id), at: ['people', index, 'id'] })),
    report,
  );
  checkOnce(
    'login',
    people.map(({ login }, index) => ({ value: login, at: ['people', index, 'login'] })),
    report,
  );
  checkOnce(
    'e-mail',
    people.flatMap(({ emails = [] }, index) =>
      emails.map((value, at) => ({ value, at: ['people', index, 'emails', at] })),
    ),
    report,
  );
  const classes = Object.keys(approvals?.data.classes ?? {});
  const isKnown = approvals !== undefined || !unread.has(kinds.approvals.files.path);
  people.forEach((person, index) => {
    person.classes.forEach((name, at) => {
      if (isKnown && !classes.includes(name))
        report(
          ['people', index, 'classes', at],
          'unknown-class',
          `no class named ${name} is in policies/approvals.yaml${didYouMean(name, classes)}`,
        );
    });
    if (person.limit !== undefined && approvals && approvals.data.currency === undefined)
      report(['people', index, 'limit'], 'limit-without-currency', `nobody knows in what currency ${person.limit} is`, {
        key: true,
        help: 'add `currency` to policies/approvals.yaml; until then nothing that is worth something is within the limit',
      });
  });
}

/** One person is one entry: of two, neither would count. */
function checkOnce(what: string, said: readonly { value: string; at: Pointer }[], report: ReportFault): void {
  const seen = new Map<string, Pointer>();
  for (const { value, at } of said) {
    const key = value.trim().replace(/^@/, '').toLowerCase();
    const first = seen.get(key);
    if (first === undefined) seen.set(key, at);
    else
      report(at, 'approver-twice', `the ${what} ${value} is there twice`, {
        related: { message: 'the first is here', at: first },
        help: 'one person is one entry: put the classes together',
      });
  }
}
