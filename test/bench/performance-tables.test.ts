import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Row } from './part.ts';
import { parts } from './parts/registry.ts';
import { performanceTables } from './performance-tables.ts';
import { keepRun, type Run, readRuns } from './run.ts';
import { verdict } from './verdict.ts';
import { writePage } from './write-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'proviso-runs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (at: string, rows: readonly Row[], more: Partial<Run> = {}): Run => ({
  at,
  commit: 'abc1234',
  scale: 'usual',
  machine: { cpu: 'Some CPU', cores: 2, memory: 16, system: 'linux 6', node: 'v20.19.0', git: '2.39.5' },
  parts: [{ name: 'read', title: 'Everything read', at, seconds: 7, load: { before: 0.1, after: 1.2 }, rows }],
  ...more,
});

const met: Row = { what: 'them ÷ us', ours: '1 ms', other: '7 ms', ratio: 7, goal: { atLeast: 5 } };

it.each<[string, Row, [string, string]]>([
  ['at least, met', met, ['7.00×', '≥ 5× ✓ met']],
  ['at least, to the digit', { ...met, ratio: 5 }, ['5.00×', '≥ 5× ✓ met']],
  ['at least, missed', { ...met, ratio: 4.999 }, ['5.00×', '≥ 5× ✗ missed']],
  ['at most, met', { ...met, ratio: 1.5, goal: { atMost: 1.5 } }, ['1.50×', '≤ 1.5× ✓ met']],
  ['at most, missed', { ...met, ratio: 1.501, goal: { atMost: 1.5 } }, ['1.50×', '≤ 1.5× ✗ missed']],
  ['no goal', { ...met, goal: undefined }, ['7.00×', '']],
  ['no other side', { ...met, ratio: undefined }, ['', 'not compared']],
  ['no number', { ...met, ratio: Number.NaN }, ['', 'not compared']],
  ['nothing to compare', { what: 'x', ours: '1 ms', other: '' }, ['', '']],
])('a row says what became of its goal: %s', (_, row, expected) => {
  expect(verdict(row)).toEqual(expected);
});

it('sizes too small to say are not judged', () => {
  expect(verdict(met, true)).toEqual(['7.00×', '≥ 5× (tried small: not judged)']);
});

describe('runs that are kept', () => {
  const first = run('2026-01-01T10:00:00.000Z', [met, { what: 'a', ours: '', other: 'not here', ratio: Number.NaN }]);
  const second = run('2026-01-02T10:00:00.000Z', [{ ...met, what: 'newer' }]);

  it('come back in their order, without ratios that are none', () => {
    keepRun(folder, second);
    keepRun(folder, first);
    expect(readRuns(folder).map(({ at }) => at)).toEqual([first.at, second.at]);
    expect(readRuns(folder)[0]?.parts[0]?.rows[1]).toEqual({ what: 'a', ours: '', other: 'not here' });
  });

  it('are one file each, however often they are kept', () => {
    keepRun(folder, { ...first, commit: 'def' });
    expect(readdirSync(folder).sort()).toEqual(['2026-01-01T10-00-00.json', '2026-01-02T10-00-00.json']);
  });

  it('are the tables of the page, and what is written by hand stays', () => {
    const page = join(folder, 'page.md');
    writeFileSync(page, readFileSync(join(import.meta.dirname, '../../docs/performance.md')));
    const byHand = readFileSync(page, 'utf8').split('<!--')[0] as string;
    writePage(folder, page);
    const once = readFileSync(page, 'utf8');
    writePage(folder, page);
    expect(readFileSync(page, 'utf8')).toBe(once);
    expect(once.startsWith(byHand)).toBe(true);
    expect(once.split('-->\n')[1]).toBe(`\n${performanceTables([first, second], ['read'])}`);
    expect(byHand.length).toBeGreaterThan(1_000);
  });

  it('need the line that says where tables begin', () => {
    const page = join(folder, 'other.md');
    writeFileSync(page, '# Mine\n');
    expect(() => writePage(folder, page)).toThrow('has no line');
    expect(readFileSync(page, 'utf8')).toBe('# Mine\n');
  });
});

describe('tables', () => {
  const old = run('2026-01-01T10:00:00.000Z', [met]);
  const tried = run('2026-01-03T10:00:00.000Z', [{ ...met, what: 'tried' }], { scale: 'small' });
  const failed: Run = { ...run('2026-01-04T10:00:00.000Z', []) };
  failed.parts = failed.parts.map((part) => ({ ...part, failure: 'heap | out of memory' }));

  it('say when, where and how busy', () => {
    expect(performanceTables([old], ['read'])).toBe(
      [
        '## Everything read',
        '',
        '2026-01-01, commit abc1234, usual sizes, 7 s; load average 0.1 before and 1.2 after, on 2 cores of Some CPU, 16 GB, linux 6, Node v20.19.0, git 2.39.5.',
        '',
        '| comparison | ours | other | ratio | goal |',
        '| --- | ---: | ---: | ---: | --- |',
        '| them ÷ us | 1 ms | 7 ms | 7.00× | ≥ 5× ✓ met |',
        '',
      ].join('\n'),
    );
  });

  it('are of the newest run that is not tried small, whatever order they come in', () => {
    const newer = run('2026-01-02T10:00:00.000Z', [{ ...met, what: 'newer' }]);
    for (const runs of [
      [old, newer, tried, failed],
      [failed, tried, newer, old],
    ])
      expect(performanceTables(runs, ['read'])).toBe(performanceTables([newer], ['read']));
  });

  it('show a run tried small where there is no other, and say that it is no figure', () => {
    expect(performanceTables([tried, failed], ['read'])).toMatch(/no figure to quote[^]*\| tried .* not judged/);
  });

  it('say why there are none', () => {
    expect(performanceTables([failed], ['read'])).toMatch(/\n\nNot measured to its end: heap \\\| out of memory\n$/);
  });

  it('cannot be broken by what a row says', () => {
    const hostile = run('2026-01-01T10:00:00.000Z', [{ ...met, what: 'a | b\n# <img> *c* `d`' }]);
    expect(performanceTables([hostile], ['read'])).toContain('| a \\| b # \\<img\\> \\*c\\* \\`d\\` |');
  });

  it('are there for every part, each under its own heading', () => {
    const titles = Object.values(parts).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});
