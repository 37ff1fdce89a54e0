import type { Customer } from '../../schemas/customer.ts';
import { type Diagnostic, type Place, topOf } from '../diagnostic.ts';
import type { Document } from '../document.ts';
import type { Entry } from '../model.ts';

/** What a customer's file says that nobody else's may say too, and where. */
export interface Claims {
  path: string;
  account?: string;
  /** Ids, in their order. */
  exceptions: readonly string[];
  locate: Document['locate'];
}

const none: readonly string[] = [];

export const claimsOf = ({ data, document }: Entry<Customer>, locate = document.locate): Claims => ({
  path: document.path,
  account: data.account,
  exceptions: data.exceptions?.map(({ id }) => id) ?? none,
  locate,
});

/**
 * Ids that are used twice: customers across folders, accounts among themselves and against customers, exceptions in the
 * whole repository. Each is an error at the later place, by path and line, and names the earlier one. Letter case does
 * not tell two ids apart. `paths`: the customer files that are left out, because an earlier file has their id.
 */
export function findRepeatedIds(
  customerPaths: readonly string[],
  customers: readonly Claims[],
): { diagnostics: Diagnostic[]; paths: ReadonlySet<string> } {
  const diagnostics: Diagnostic[] = [];
  const paths = new Set<string>();
  const report = (rule: string, message: string, at: Place, earlier: Place, help: string) =>
    diagnostics.push({
      rule,
      severity: 'error',
      message,
      at,
      help,
      related: [{ message: 'the other is here', at: earlier }],
    });

  const ids = new Map<string, string>();
  for (const path of customerPaths) {
    const id = idOf(path);
    const earlier = ids.get(id);
    if (earlier === undefined) ids.set(id, path);
    else {
      paths.add(path);
      const help = 'a customer is one file, whatever its folder: keep one of them, or rename this one';
      report(
        'customer-id-twice',
        `the customer id ${id} is used twice: ${earlier} has it too`,
        topOf(path),
        topOf(earlier),
        help,
      );
    }
  }

  const accounts = new Map<string, Claims>();
  for (const claims of customers) {
    const { account } = claims;
    if (account === undefined) continue;
    const place = (of: Claims) => of.locate(['account'], 'value');
    const earlier = accounts.get(account.toLowerCase());
    const namesake = ids.get(account.toLowerCase());
    const help = 'an account is one customer: correct one of the two';
    if (earlier) {
      report(
        'account-twice',
        `the account ${account} is used twice: ${earlier.path} has it too`,
        place(claims),
        place(earlier),
        help,
      );
    } else {
      accounts.set(account.toLowerCase(), claims);
      if (namesake !== undefined && namesake !== claims.path) {
        report(
          'account-twice',
          `the account ${account} is the id of another customer, ${namesake}`,
          place(claims),
          topOf(namesake),
          help,
        );
      }
    }
  }

  const exceptions = new Map<string, { claims: Claims; index: number }>();
  for (const claims of customers) {
    for (const [index, id] of claims.exceptions.entries()) {
      const place = (of: { claims: Claims; index: number }) =>
        of.claims.locate(['exceptions', of.index, 'id'], 'value');
      const earlier = exceptions.get(id.toLowerCase());
      if (!earlier) {
        exceptions.set(id.toLowerCase(), { claims, index });
        continue;
      }
      const other = earlier.claims === claims ? 'this file has it above' : `${earlier.claims.path} has it too`;
      const help = 'ids of exceptions are never used again: give this one its own';
      report(
        'exception-id-twice',
        `the exception id ${id} is used twice: ${other}`,
        place({ claims, index }),
        place(earlier),
        help,
      );
    }
  }
  return { diagnostics, paths };
}

const idOf = (path: string) => path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length).toLowerCase();
