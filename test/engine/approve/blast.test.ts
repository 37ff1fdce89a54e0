import { expect, it } from 'vitest';
import { findItems } from '../../../engine/approve/find-items.ts';
import type { Model } from '../../../engine/model.ts';
import { changeSetOf } from '../../../engine/review/change-set.ts';
import { normaliseSettings } from '../../../engine/schemas/normalise-settings.ts';
import { onDay } from '../../../runtime/terms/at.ts';
import { previousDay, sinceEver } from '../../../runtime/terms/days.ts';
import type { Customer } from '../../../schemas/customer.ts';
import { randomDiff } from '../../fixtures/diff/random-edits.ts';
import { type PlainWorld, plainCustomer, plainEntry, plainWorld } from '../../fixtures/plain-model.ts';
import type { RandomWorld } from '../../oracle/random-world.ts';

const SHAPES = 40;
const at = '2026-06-15';

const modelOf = ({ world, customers }: RandomWorld): Model => ({
  world: {
    ...plainWorld({ ...(world as unknown as PlainWorld), settings: normaliseSettings(world.settings) }),
    approvals: plainEntry('approvals', 'policies/approvals.yaml', {
      classes: { bulk: { needs: 1 } },
      lines: [{ when: { customers: { above: 0 } }, class: 'bulk', because: 'of the test' }],
    }),
  },
  customers: new Map(
    Object.entries(customers).map(([id, data]) => [id, plainCustomer(id, data as unknown as Customer)]),
  ),
});

it(`counts who is touched, who loses and who loses under a contract as one day after the other does, for ${SHAPES} changes`, () => {
  let counted = 0;
  for (let seed = 1; counted < SHAPES; seed++) {
    const { base, head } = randomDiff(seed, { shared: 1 + (seed % 3), own: seed % 2 === 0 });
    const sides = [modelOf(base), modelOf(head)] as const;
    const files = [{ path: 'plans/x@1.yaml', before: 'a', after: 'b' }];
    const change = changeSetOf(
      { name: 'base', model: sides[0] },
      { name: 'head', model: sides[1] },
      { repo: 'a/b', at, files },
    );
    // Whoever could not be compared is counted as new, and is a fault of another test.
    if (change.diff.diagnostics.some(({ rule }) => rule === 'not-compared')) continue;
    const { customers } = change.diff;
    const takes = customers.filter(({ changes }) => changes.some(({ direction }) => direction === 'takes'));
    const underContract = takes.filter(({ customer, changes }) => {
      const timeline = change.before(customer)?.timeline;
      const days = [
        sinceEver,
        ...(timeline?.segments ?? []).flatMap(({ from }) => (from ? [previousDay(from), from] : [])),
      ];
      const losing = changes.filter(({ direction }) => direction === 'takes');
      const starts = losing.flatMap(({ effective }) => effective ?? []);
      return [...days, ...starts].some(
        (day) =>
          timeline &&
          onDay(timeline, day).terms.contract !== null &&
          losing.some(({ effective, until }) => (effective ?? sinceEver) <= day && day <= (until ?? '9999')),
      );
    });
    const [item] = findItems(change);
    if (customers.length === 0) expect(item).toBeUndefined();
    else
      expect([seed, item?.to]).toEqual([
        seed,
        {
          customers: customers.length,
          gives: customers.filter(({ changes }) => changes.some(({ direction }) => direction === 'gives')).length,
          takes: takes.length,
          takesUnderContract: underContract.length,
          effects: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      ]);
    if (customers.length > 0) counted++;
  }
});
