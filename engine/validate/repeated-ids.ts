import type { Customer } from '../../schemas/customer.ts';
import { type Diagnostic, type Place, topOf } from '../diagnostic.ts';
import type { Entry } from '../model.ts';

/**
 * Ids that are used twice: customers across folders, accounts among themselves and against customers, exceptions in the
 * whole repository. Each is an error at the later place, by path and line, and names the earlier one. Letter case does
 * not tell two ids apart. `paths`: the customer files that are left out, because an earlier file has their id.
 */
export function findRepeatedIds(
  customerPaths: readonly string[],
  customers: readonly Entry<Customer>[],
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

  const accounts = new Map<string, Entry<Customer>>();
  for (const entry of customers) {
    const { account } = entry.data;
    if (account === undefined) continue;
    const place = (of: Entry<Customer>) => of.document.locate(['account'], 'value');
    const earlier = accounts.get(account.toLowerCase());
    const namesake = ids.get(account.toLowerCase());
    const help = 'an account is one customer: correct one of the two';
    if (earlier) {
      report(
        'account-twice',
        `the account ${account} is used twice: ${earlier.document.path} has it too`,
        place(entry),
        place(earlier),
        help,
      );
    } else {
      accounts.set(account.toLowerCase(), entry);
      if (namesake !== undefined && namesake !== entry.document.path) {
        report(
          'account-twice',
          `the account ${account} is the id of another customer, ${namesake}`,
          place(entry),
          topOf(namesake),
          help,
        );
      }
    }
  }

  const exceptions = new Map<string, { entry: Entry<Customer>; index: number }>();
  for (const entry of customers) {
    entry.data.exceptions?.forEach(({ id }, index) => {
      const place = (of: { entry: Entry<Customer>; index: number }) =>
        of.entry.document.locate(['exceptions', of.index, 'id'], 'value');
      const earlier = exceptions.get(id.toLowerCase());
      if (!earlier) {
        exceptions.set(id.toLowerCase(), { entry, index });
        return;
      }
      const other = earlier.entry === entry ? 'this file has it above' : `${earlier.entry.document.path} has it too`;
      const help = 'ids of exceptions are never used again: give this one its own';
      report(
        'exception-id-twice',
        `the exception id ${id} is used twice: ${other}`,
        place({ entry, index }),
        place(earlier),
        help,
      );
    });
  }
  return { diagnostics, paths };
}

const idOf = (path: string) => path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length).toLowerCase();
