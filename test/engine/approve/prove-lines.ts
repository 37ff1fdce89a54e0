import { describe, expect, it } from 'vitest';
import { findItems } from '../../../engine/approve/find-items.ts';
import { changeOf } from '../../fixtures/approve/change-of.ts';
import { governed, policyOf } from '../../fixtures/approve/policy.ts';
import { company, edited, exception } from '../../fixtures/diff/small-company.ts';

export type Files = Readonly<Record<string, string | undefined>>;

/** What is said, the line, what is changed, what it asks about as `customer path`, and what was there before. */
type Row = [says: string, when: string, head: Files, asks: string[], base?: Files];

/** Holds a line against the company and the company with these files. */
export function proveLines(topic: string, rows: readonly Row[]): void {
  describe(`${topic}`, () => {
    it.each(rows)('%s', async (_, when, head, asks, base = {}) => {
      const before = edited(company, base);
      const [one, other] = [before, edited(before, head)].map((files) => governed(files, policyOf(when)));
      const items = findItems(await changeOf(one as Record<string, string>, other as Record<string, string>));
      expect(items.map(({ customer, path }) => (customer === undefined ? path : `${customer} ${path}`))).toEqual(asks);
    });
  });
}

export const lasting = 'starts: 2026-12-01, expires: 2027-11-30';

/** Customers of the company with something more in their file. */
export const free = (rest: string): Files => ({ 'customers/free.yaml': `name: Free\nplan: starter@1\n${rest}` });
export const bare = (rest: string): Files => ({ 'customers/bare.yaml': `name: Bare\nplan: studio@2\n${rest}` });
export const bought = (rest: string): Files => ({ 'customers/bought.yaml': `name: Bought\nplan: studio@2\n${rest}` });

/** An exception that sets something from next month on. */
export const sets = (what: string): string => exception('EX-9', `decision: configuration, ${what}, ${lasting}`);
export const seats = (count: number | string): string => sets(`set: { seats: ${count} }`);

export const contract = (rest: string): string =>
  `contracts: [{ id: C-9, plan: enterprise@1, starts: 2026-12-01, ends: 2027-11-30, renewal: { kind: none }, ${rest} }]\n`;
export const underContract = (rest: string): Files => free(contract(rest));

/** The studio plan with one text replaced. */
export const studio = (text: string, other: string): Files => ({
  'plans/studio@2.yaml': company['plans/studio@2.yaml']?.replace(text, other),
});
