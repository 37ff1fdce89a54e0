import { describe, expect, it } from 'vitest';
import { customerKey } from '../../../engine/register/card.ts';
import { KnownCustomers, type NamedBlob } from '../../../engine/register/known-customers.ts';
import type { Row } from '../../../engine/register/row.ts';

/** More than are kept once they were read. */
const EVERYBODY = Array.from({ length: 6_000 }, (_, index) => `c${String(index).padStart(4, '0')}`);

/** Customers of whom only rows are known; `read` says how many files each reading was of. */
function knownCustomers() {
  const rows = new Map(
    EVERYBODY.map((id): [string, Row] => {
      const key = customerKey(id);
      return [key, { key, path: `customers/${id}.yaml`, value: `oid-${id}` }];
    }),
  );
  const read: number[] = [];
  const customers = new KnownCustomers({
    rows: {
      find: (key) => [rows.get(key) ?? []].flat(),
      startingWith: () => rows.values(),
    },
    count: rows.size,
    own: new Map(),
    masked: new Set(),
    read(files: readonly NamedBlob[]) {
      read.push(files.length);
      return files.map(({ path, oid }) => ({ path, oid, bytes: Buffer.from('name: Acme\nplan: starter@1\n') }));
    },
  });
  return { customers, read };
}

describe('customers who are read when somebody asks', () => {
  it('are read in parts where it was said in which order', () => {
    const { customers, read } = knownCustomers();
    customers.expect(EVERYBODY);
    for (const id of EVERYBODY) expect(customers.get(id)?.id).toBe(id);
    expect(read).toEqual([4_000, 2_000]);
  });

  it('are so again, whatever few were expected meanwhile', () => {
    const { customers, read } = knownCustomers();
    customers.expect(EVERYBODY);
    for (const id of EVERYBODY) customers.get(id);
    for (const few of [['c0007', 'c5000'], [], ['c0001']]) customers.expect(few);
    for (const id of EVERYBODY) customers.get(id);
    expect(read.reduce((sum, files) => sum + files, 0)).toBeLessThanOrEqual(2 * EVERYBODY.length);
    expect(read.length).toBeLessThan(8);
  });

  it('are read in parts where all are gone through, and asked about by name meanwhile', () => {
    const { customers, read } = knownCustomers();
    for (const entry of customers.values()) expect(customers.get(entry.id)).toBe(entry);
    expect(read).toEqual([4_000, 2_000]);
  });

  it('are read one by one where nothing was said', () => {
    const { customers, read } = knownCustomers();
    for (const id of EVERYBODY.slice(0, 5)) customers.get(id);
    expect(read).toEqual([1, 1, 1, 1, 1]);
  });
});
