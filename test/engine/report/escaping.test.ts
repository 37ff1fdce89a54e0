import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendar } from '../../../engine/report/calendar.ts';
import { csv } from '../../../engine/report/csv.ts';
import { escapeHtml } from '../../../engine/report/escape-html.ts';
import { escapeMarkdown } from '../../../engine/report/escape-markdown.ts';
import { formatWorkflowCommands, withoutWorkflowCommands } from '../../../engine/report/format-workflow-commands.ts';
import { markdownCode, markdownCodeBlock } from '../../../engine/report/markdown-code.ts';
import { plain } from '../../../engine/report/plain.ts';
import { reviewMarkdown } from '../../../engine/report/review-markdown.ts';
import { reviewText } from '../../../engine/report/review-text.ts';
import type { Review } from '../../../engine/review/review.ts';
import { hostileText } from '../../fixtures/hostile-text.ts';
import { readMarkdownBlock, readMarkdownCode, readMarkdownLine, withoutCode } from '../../fixtures/markdown-reader.ts';
import { itemOf, needOf, recordOf, reviewedOf, reviewOf } from '../../fixtures/review/reviews.ts';

const seed = Number(process.env.PROVISO_SEED ?? 20261127);
const numRuns = Number(process.env.PROVISO_STRINGS ?? 5_000);
type Write = (text: string) => string;

/** What is wrong with how a sink takes a text; undefined where it takes it as text. */
type Probe = (write: Write, text: string) => string | undefined;

const oneLine = (text: string): string => plain(text.replace(/\s+/g, ' ').trim());
const differs = (shown: string | undefined, text: string): string | undefined =>
  shown === text ? undefined : `shows ${JSON.stringify(shown)} for ${JSON.stringify(text)}`;

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };
const decodeHtml = (html: string): string =>
  html.replace(/&(?:#(\d+)|\w+);/g, (entity, code) => (code ? String.fromCharCode(code) : (entities[entity] ?? '?')));

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters a terminal obeys
const OBEYED = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]|[\u{e0000}-\u{e007f}]/u;

const unescapeCommand = (text: string): string =>
  text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');

/** The cells of RFC 4180, or undefined where the text is no such table. */
function readCsv(table: string): string[][] | undefined {
  const rows: string[][] = [];
  for (let rest = table; rest !== ''; ) {
    const row: string[] = [];
    for (let end = ','; end === ','; ) {
      const cell = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest);
      if (!cell) return undefined;
      row.push(cell[1]?.replaceAll('""', '"') ?? cell[2] ?? '');
      end = cell[3] ?? '';
      rest = rest.slice(cell[0].length);
    }
    rows.push(row);
  }
  return rows;
}

const anEvent = (text: string) => ({
  uid: 'x',
  day: '2026-06-01',
  next: '2026-06-02',
  summary: text,
  description: text,
});
const namesIn = (ics: string): string[] =>
  ics
    .replaceAll('\r\n ', '')
    .split(/[\r\n]+/)
    .map((line) => /^[A-Z-]+/.exec(line)?.[0] ?? line);

const sinks: readonly { name: string; write: Write; probe: Probe }[] = [
  {
    name: 'Markdown',
    write: escapeMarkdown,
    probe: (write, text) => {
      const { text: shown, active } = readMarkdownLine(write(text));
      return active.length > 0 ? active.join(', ') : differs(shown, oneLine(text));
    },
  },
  {
    name: 'Markdown within a line',
    write: escapeMarkdown,
    probe: (write, text) => {
      const { text: shown, active } = readMarkdownLine(`Need: ${write(text)} (asked)`);
      return active.length > 0 ? active.join(', ') : differs(shown, `Need: ${oneLine(text)} (asked)`);
    },
  },
  {
    name: 'code in Markdown',
    write: markdownCode,
    probe: (write, text) =>
      oneLine(text) === '' ? differs(write(text), '') : differs(readMarkdownCode(write(text)), oneLine(text)),
  },
  {
    name: 'a block of code in Markdown',
    write: (text) => markdownCodeBlock(text),
    probe: (write, text) =>
      differs(readMarkdownBlock(write(text))?.join('\n'), text.replace(/\n$/, '').split('\n').map(plain).join('\n')),
  },
  {
    name: 'HTML',
    write: escapeHtml,
    probe: (write, text) => {
      const page = `<p title="${write(text)}" id='${write(text)}'>${write(text)}</p>`;
      const read = /^<p title="([^"<>]*)" id='([^'<>]*)'>([^<>]*)<\/p>$/s.exec(page);
      return read
        ? read
            .slice(1)
            .map((part) => differs(decodeHtml(part), plain(text)))
            .find(Boolean)
        : `breaks ${page}`;
    },
  },
  {
    name: 'a table for spreadsheets',
    write: (text) => csv(['name', 'why'], [[text, text]]),
    probe: (write, text) => {
      const [, row] = readCsv(write(text)) ?? [];
      if (row?.length !== 2) return 'is not one row of two cells';
      const isFormula = row.some((cell) => /^\s*[=+\-@]|^[\t\r\n]/.test(cell));
      return isFormula
        ? `is run: ${JSON.stringify(row)}`
        : row
            .map((cell) => differs(cell.replace(/^'(?=\s*\S|\s)/, ''), text.replace(/^'(?=\s*\S|\s)/, '')))
            .find(Boolean);
    },
  },
  {
    name: 'a calendar',
    write: (text) => calendar(text, [anEvent(text)], '2026-06-01'),
    probe: (write, text) => {
      const lines = namesIn(write(text));
      const usual = namesIn(calendar('x', [anEvent('x')], '2026-06-01'));
      return differs(lines.join(), usual.join());
    },
  },
  {
    name: 'a terminal',
    write: plain,
    probe: (write, text) => (OBEYED.test(write(text)) ? `obeys ${JSON.stringify(write(text))}` : undefined),
  },
  {
    name: 'the log of a workflow',
    write: withoutWorkflowCommands,
    probe: (write, text) =>
      write(text)
        .split(/[\n\r\u2028\u2029]/)
        .find((line) => line.includes('##[') || /^[\s\u0085]*::/.test(line)),
  },
  {
    name: 'an annotation of a workflow',
    // Message and help, rule and file: everything of a diagnostic that is text.
    write: (text) =>
      formatWorkflowCommands([
        { rule: text, severity: 'error', message: text, help: text, at: { path: text, start: { line: 1, column: 2 } } },
      ]),
    probe: (write, text) => {
      const read = /^::error file=([^,:\r\n]*),line=1,col=2,title=([^,:\r\n]*)::([^\r\n]*)\n$/.exec(write(text));
      if (!read) return `is no single command: ${JSON.stringify(write(text))}`;
      const [file, title, data] = read.slice(1).map(unescapeCommand);
      const shown = plain(text);
      return differs(file, shown) ?? differs(title, shown) ?? differs(data, `${shown}\n${shown}`);
    },
  },
];

describe(`${numRuns} hostile texts`, () => {
  it.each(sinks)('are text in $name', ({ write, probe }) => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(probe(write, text)).toBeUndefined();
      }),
      { seed, numRuns },
    );
  });

  const twins: Readonly<Record<string, Write>> = {
    'an annotation of a workflow': (text) => `::error file=${text},line=1,col=2,title=${text}::${text}\n${text}\n`,
    'a table for spreadsheets': (text) => `name,why\r\n${text},${text}\r\n`,
    'a calendar': (text) => calendar('\n', [anEvent('\n')], '2026-06-01').replaceAll('\\n', () => text),
    'code in Markdown': (text) => `\`${text}\``,
    'a block of code in Markdown': (text) => `\`\`\`text\n${text}\n\`\`\`\n`,
  };

  it.each(sinks)('are seen to escape where $name gets them as they are', ({ name, probe }) => {
    const caught = fc
      .sample(hostileText, { seed, numRuns: 500 })
      .filter((text) => probe(twins[name] ?? ((raw) => raw), text));
    expect(caught.length).toBeGreaterThan(10);
  });

  it.each<[string, RegExp, string]>([
    ['a mention', /@&#8203;/g, '@'],
    ['a reference', /#&#8203;/g, '#'],
    ['an address', /:&#8203;/g, ':'],
    ['a bar', /\\\|/g, '|'],
    ['a tag', /&lt;/g, '<'],
    ['a list', /^\\-/g, '-'],
    ['a number', /^(\d+)\\/g, '$1'],
    ['emphasis', /\\([*_~])/g, '$1'],
    ['code', /\\`/g, '`'],
    ['a formula', /<span>\$<\/span>/g, '$$'],
  ])('would be caught if %s were let through', (_, guard, raw) => {
    const probe = sinks[0]?.probe;
    const texts = fc.sample(hostileText, { seed, numRuns: 3_000 });
    expect(texts.some((text) => probe?.((given) => escapeMarkdown(given).replace(guard, raw), text))).toBe(true);
  });
});

/** A review in which everything that somebody writes is this text. */
function reviewSaying(text: string): Review {
  const origin = { kind: 'exception', id: text, path: text, line: 1, because: text, owner: text } as const;
  const change = {
    path: `settings.${text}`,
    from: 1,
    to: text,
    effective: null,
    direction: 'takes',
    origin: { before: null, after: origin },
    causes: [`customers/${text}.yaml`],
  } as const;
  return reviewOf(
    {
      at: '2026-11-21',
      base: text,
      head: text,
      customers: [{ customer: text, name: text, kind: 'changed', changes: [change] }],
      causes: [
        { path: `customers/${text}.yaml`, change: text, customers: [text], shielded: [], gives: 0, takes: 1 },
        {
          path: `plans/${text}.yaml x`,
          change: text,
          customers: [text],
          shielded: [text],
          shieldedBy: { [text]: text },
          gives: 0,
          takes: 1,
        },
      ],
      diagnostics: [],
    },
    {
      base: text,
      head: text,
      verdict: 'blocked',
      approvals: [
        needOf({
          label: text,
          because: [text, `${text}2`],
          mayApprove: [text],
          code: true,
          ignored: [{ login: text, why: text }],
          refusedBy: [text],
          items: [
            itemOf({
              customer: text,
              path: `settings.${text}`,
              from: text,
              to: { [text]: text },
              reason: text,
              owner: text,
              askedBy: text,
              exception: text,
            }),
          ],
        }),
        needOf({
          label: text,
          satisfied: true,
          given: [{ login: text, id: 1, at: '2026-11-20', review: 1 }],
          items: [itemOf({ path: text })],
        }),
      ],
      exceptions: [
        reviewedOf({
          customer: text,
          name: text,
          does: text,
          path: text,
          record: recordOf({
            need: text,
            because: text,
            askedBy: text,
            usedBy: text,
            owner: text,
            handledBy: text,
            demand: [text],
          }),
        }),
      ],
      diagnostics: [
        { rule: text, severity: 'error', message: text, help: text, at: { path: text, start: { line: 1, column: 1 } } },
      ],
    },
  );
}

/** How a document is built: where its lines, lists, headings, folds, tags and blocks of code are, whatever they say. */
const structureOf = (markdown: string): string[] =>
  markdown
    .replace(/^`{3,}.*$/gm, '%%%')
    .split('\n')
    .map((line) => withoutCode(line).replaceAll('<span>$</span>', ''))
    .map((line) => {
      const [marker = ''] = /^(?: *- | *\d+\. |#+ |%%%|)/.exec(line) ?? [];
      return `${marker}${[...line.matchAll(/<[^>]*>/g)].map(([tag]) => tag).join('')}`;
    });

describe('a review in which everything is hostile', () => {
  it('is built like any other, in Markdown and in a terminal', () => {
    const usual = structureOf(reviewMarkdown(reviewSaying('word')));
    const lines = reviewText(reviewSaying('word')).split('\n').length;
    fc.assert(
      fc.property(hostileText, (text) => {
        const said = `w${text}w`;
        const markdown = reviewMarkdown(reviewSaying(said));
        expect(structureOf(markdown)).toEqual(usual);
        expect(markdown.split('\n').map(withoutCode).join('\n')).not.toMatch(
          /(?<![A-Za-z0-9_])@[A-Za-z0-9]|(?<!&)#\d|\bhttps?:\/\//i,
        );
        const terminal = reviewText(reviewSaying(said));
        expect([terminal.split('\n').length, OBEYED.test(terminal.replaceAll('\n', ''))]).toEqual([lines, false]);
      }),
      { seed, numRuns: Math.ceil(numRuns / 10) },
    );
    expect(usual.length).toBeGreaterThan(40);
  });
});
