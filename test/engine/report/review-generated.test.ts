import { Buffer } from 'node:buffer';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { compileSides } from '../../../engine/diff/compile-sides.ts';
import type { Diff } from '../../../engine/diff/diff.ts';
import { diffModels } from '../../../engine/diff/diff-models.ts';
import { readWorkingTree } from '../../../engine/io/read-repository.ts';
import { loadModel } from '../../../engine/load-model.ts';
import { readCatalogue } from '../../../engine/read-catalogue.ts';
import { reviewMarkdown } from '../../../engine/report/review-markdown.ts';
import type { SourceFile } from '../../../engine/source-file.ts';
import { generateRepository } from '../../../scripts/generate.ts';
import { itemsOf, needOf, reviewOf } from '../../fixtures/review/reviews.ts';

const out = mkdtempSync(join(tmpdir(), 'proviso-review-'));
afterAll(() => rmSync(out, { recursive: true }));

const CUSTOMERS = 1_000;

/** Every edition of a plan gets one setting less generous. */
const cut = (file: SourceFile): SourceFile =>
  file.path.startsWith('plans/')
    ? {
        ...file,
        oid: `${file.oid} cut`,
        bytes: new TextEncoder().encode(
          new TextDecoder()
            .decode(file.bytes)
            .replace(/seats: (\d+)/, (_, seats) => `seats: ${Math.max(1, seats - 2)}`),
        ),
      }
    : file;

async function planEdit(): Promise<Diff> {
  await generateRepository({ customers: CUSTOMERS, out, seed: 3 });
  const { files, hasSettings } = readWorkingTree(out);
  const { settings = {} } = readCatalogue(files, hasSettings);
  const sides = compileSides(
    { name: 'main', model: (await loadModel(files, settings)).model },
    { name: 'cut', model: (await loadModel(files.map(cut), settings)).model },
  );
  return diffModels(sides.base, sides.head, { at: '2026-06-01' });
}

it('tells a plan edit of a large company with the counts of the diff, and all that needs approval', async () => {
  const diff = await planEdit();
  const items = itemsOf(diff, (path) => path === 'settings.seats');
  const text = reviewMarkdown(
    reviewOf(diff, { verdict: 'needsApproval', approvals: [needOf({ class: 'bulk', code: true, items })] }),
  );
  expect(diff.customers.length).toBeGreaterThan(CUSTOMERS / 4);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000);
  for (const { change, customers, takes, past = [] } of diff.causes) {
    const now = customers.length - past.length;
    if (now === 0) continue;
    const count = now.toLocaleString('en');
    expect(text).toMatch(new RegExp(`\\*\\*${change}\\*\\* in .*: ${count} customers?`));
    expect(text).toContain(`takes from ${takes.toLocaleString('en')}`);
  }
  const approval = text.slice(text.indexOf('### Approval by bulk'));
  const told = [...approval.matchAll(/^- (?:\*\*takes\*\* )?\*\*seats\*\* .*?: (?:([\d,]+) customers \(|\S)/gm)];
  const sum = told.reduce((total, [, count]) => total + Number((count ?? '1').replace(',', '')), 0);
  const reached = items.map(({ customer, from, to, until }) => [
    customer,
    from,
    to,
    until !== undefined && until < diff.at,
  ]);
  expect(sum).toBe(new Set(reached.map((one) => JSON.stringify(one))).size);
  expect(sum).toBeGreaterThan(CUSTOMERS / 4);
  expect(approval).toContain(`${items.length} items`);
  expect(approval).not.toContain('not shown here');
}, 60_000);
