import { shortId } from '../verify/main-commit.ts';
import type { RecordApproval } from '../verify/record-approvals.ts';
import { list } from './list.ts';

/** `ola (finance and legal, #12), user 1002 (product, 3f2a91c04b7d)`: who, for what, and where; the commit without a pull request. */
export function approvedByText(approvals: readonly RecordApproval[]): string {
  const people = [...new Set(approvals.map(({ id }) => id))];
  return people
    .map((person) => {
      const given = approvals.filter(({ id }) => id === person);
      const [{ login = `user ${person}`, pull, commit = '' } = {}] = given;
      const classes = list(given.map((each) => each.class));
      return `${login} (${classes}, ${pull === undefined ? shortId(commit) : `#${pull}`})`;
    })
    .join(', ');
}
