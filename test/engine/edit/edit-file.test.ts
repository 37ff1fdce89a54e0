import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { readDocument } from '../../../engine/document.ts';
import { type Change, editFile, newFile } from '../../../engine/edit/edit-file.ts';
import { excerptOf } from '../../../engine/edit/excerpt.ts';
import type { WrittenMap } from '../../../engine/edit/write-yaml.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string): unknown => readDocument({ path: 'x.yaml', bytes: bytesOf(text), oid: '' }).document?.data;
const edit = (text: string, ...changes: Change[]): string => editFile('x.yaml', bytesOf(text), changes).after;
const append = (...items: WrittenMap[]): Change => ({ append: ['list'], items });

describe('append', () => {
  it.each<[what: string, before: string, after: string]>([
    ['a list that is not there', 'a: 1 # one\n', 'a: 1 # one\nlist: [{ id: X }]\n'],
    ['an empty list', 'list: [] # none yet\nb: 2\n', 'list: # none yet\n  - id: X\nb: 2\n'],
    ['no value', 'list:   # none yet\n\nb: 2\n', 'list:   # none yet\n  - id: X\n\nb: 2\n'],
    ['null', 'list: ~\n# end\n', 'list:\n  - id: X\n# end\n'],
    ['a block list', 'list:\n  - id: A # a\nb: 2\n', 'list:\n  - id: A # a\n  - id: X\nb: 2\n'],
    ['a block list that is not indented', 'list:\n- id: A\n# of b\nb: 2\n', 'list:\n- id: A\n- id: X\n# of b\nb: 2\n'],
    [
      'what stands below the last item',
      'list:\n  - id: A\n    # of A\n\n  # of the list\n\n# of b\nb: 2\n',
      'list:\n  - id: A\n    # of A\n\n  # of the list\n  - id: X\n\n# of b\nb: 2\n',
    ],
    [
      'blank lines between items',
      'list:\n  - id: A\n\n  # second\n  - id: B\nb: 2\n',
      'list:\n  - id: A\n\n  # second\n  - id: B\n\n  - id: X\nb: 2\n',
    ],
    [
      'a text of several lines at the end',
      'list:\n  - id: |\n      A\n\nb: 2\n',
      'list:\n  - id: |\n      A\n  - id: X\n\nb: 2\n',
    ],
    [
      'a text that keeps its blank lines',
      'list:\n  - id: |+\n      A\n\nb: 2\n',
      'list:\n  - id: |+\n      A\n\n  - id: X\nb: 2\n',
    ],
    ['a folded plain text', 'list:\n  - id: A\n      b # c\n', 'list:\n  - id: A\n      b # c\n  - id: X\n'],
    ['a last line without a line end', 'list:\n  - id: A', 'list:\n  - id: A\n  - id: X'],
    ['a list on one line', 'list: [{ id: A }] # c\n', 'list: [{ id: A }, { id: X }] # c\n'],
    ['a trailing comma', 'list: [{ id: A }, ]\n', 'list: [{ id: A }, { id: X }, ]\n'],
    [
      'a list between brackets on several lines',
      'list: [\n  { id: A }, # a\n  { id: B } # b\n  ]\n',
      'list: [\n  { id: A }, # a\n  { id: B }, # b\n  { id: X }\n  ]\n',
    ],
    [
      'a trailing comma on several lines',
      'list: [\n  { id: A }, # a\n  # end\n  ]\n',
      'list: [\n  { id: A }, # a\n  { id: X },\n  # end\n  ]\n',
    ],
    ['brackets around everything', '{ a: 1, list: [] }\n', '{ a: 1, list: [{ id: X }] }\n'],
    ['braces without the list', '{ a: 1 }\n', '{ a: 1, list: [{ id: X }] }\n'],
    ['an empty list with a comment in it', 'list: [\n  # none\n  ]\n', 'list: [{ id: X }\n  # none\n  ]\n'],
    ['a quoted key', '"list": [{ id: A }]\n', '"list": [{ id: A }, { id: X }]\n'],
    ['other line ends', 'list:\r\n  - id: A # a\r\nb: 2\r\n', 'list:\r\n  - id: A # a\r\n  - id: X\r\nb: 2\r\n'],
    ['a byte order mark', '\ufefflist:\n  - id: A\n', '\ufefflist:\n  - id: A\n  - id: X\n'],
    ['an opening marker', '# c\n---\nlist:\n  - id: A\n', '# c\n---\nlist:\n  - id: A\n  - id: X\n'],
  ])('goes on from %s', (_, before, after) => {
    expect(edit(before, append({ id: 'X' }))).toBe(after);
  });

  it('adds several, each with its keys below each other', () => {
    expect(edit('list:\n    - id: A\n', append({ id: 'X', set: { seats: 1 } }, { id: 'B' }))).toBe(
      'list:\n    - id: A\n    - id: X\n      set: { seats: 1 }\n    - id: B\n',
    );
  });

  it('says so where what stands there is no list', () => {
    expect(() => edit('list: 5\n', append({ id: 'X' }))).toThrow('the file has no place to write list');
  });

  it('refuses to write what would not be what was meant', () => {
    const fighting: Change[] = [
      { set: [], values: { a: 1 } },
      { set: [], values: { a: 2 } },
    ];
    expect(() => edit('a: 0\n', ...fighting)).toThrow('no command can change safely');
  });
});

describe('set', () => {
  const set = (values: WrittenMap, after?: string): Change => ({ set: [], values, after });
  it.each<[what: string, before: string, change: Change, after: string]>([
    ['replaces a value', 'sold: true # yes\nb: 1\n', set({ sold: false }), 'sold: false # yes\nb: 1\n'],
    ['replaces a quoted one', `a: 'x' # c\n`, set({ a: '1.10' }), 'a: "1.10" # c\n'],
    ['replaces a block of text', 'a: |\n  x\n  y\nb: 1\n', set({ a: 'z' }), 'a: z\nb: 1\n'],
    ['fills an empty one', 'a: # c\nb: 1\n', set({ a: 'z' }), 'a: z # c\nb: 1\n'],
    ['adds at the end', 'a: 1\n# end\n', set({ b: 2 }), 'a: 1\n# end\nb: 2\n'],
    ['adds after a key', 'a: 1 # c\n# of d\nd: 4\n', set({ b: 2 }, 'a'), 'a: 1 # c\nb: 2\n# of d\nd: 4\n'],
    ['adds into braces', 'm: { a: 1 } # c\n', { set: ['m'], values: { b: 2, c: 3 } }, 'm: { a: 1, b: 2, c: 3 } # c\n'],
    ['adds into empty braces', 'm: {} # c\n', { set: ['m'], values: { b: 2, c: 3 } }, 'm: { b: 2, c: 3 } # c\n'],
    [
      'adds below',
      'm:\n    a: 1\n    # c\nn: 1\n',
      { set: ['m'], values: { b: 2 } },
      'm:\n    a: 1\n    # c\n    b: 2\nn: 1\n',
    ],
    [
      'reaches into lists',
      'm:\n  - a: 1\n  - a: 2\n',
      { set: ['m', 0], values: { a: 3, b: 4 } },
      'm:\n  - a: 3\n    b: 4\n  - a: 2\n',
    ],
  ])('%s', (_, before, change, after) => {
    expect(edit(before, change)).toBe(after);
  });

  it('changes several places at once', () => {
    expect(edit('a: 1\nlist:\n  - id: A\nb: 2\n', append({ id: 'X' }), { set: [], values: { a: 5, c: 7 } })).toBe(
      'a: 5\nlist:\n  - id: A\n  - id: X\nb: 2\nc: 7\n',
    );
  });
});

/** A customer's file as people write it: every way to write its lists, with comments, blank lines and line ends of all sorts. */
const layouts = fc.gen().map((pick) => {
  const one = (...choices: string[]): string => choices[pick(fc.nat, { max: choices.length - 1 })] ?? '';
  const chance = (): boolean => pick(fc.boolean);
  const comment = (column: number): string =>
    ' '.repeat(column) + one('# note', '#', '# list: [', '# - id: Z', '#  a: "b');
  const between = (column = 0): string[] =>
    Array.from({ length: pick(fc.nat, { max: 3 }) }, () => (chance() ? '' : comment(pick(fc.nat, { max: column }))));
  const tail = (): string => one('', ' # note', '  # list: [] }', '   ');
  const scalar = (): string =>
    one('A', '"A: # b"', "'it''s'", '84', 'true', 'a b', 'https://x.example/#a', '{ x: 1, y: [2] }', '[]', '{}');
  const block = (indent: number): string[] => {
    const pad = ' '.repeat(indent);
    return one('literal', 'folded', 'keep', 'plain') === 'plain'
      ? [` A`, `${pad}  b # c`]
      : [
          ` ${one('|', '>-', '|-', '|+', '>+')}`,
          `${pad}  text # no comment`,
          ...(chance() ? [''] : []),
          `${pad}    more`,
          ...(chance() ? [''] : []),
        ];
  };
  const value = (key: string, indent: number): string[] => {
    if (pick(fc.nat, { max: 4 }) > 0) return [`${' '.repeat(indent)}${key}: ${scalar()}${tail()}`];
    const [first = '', ...rest] = block(indent);
    return [`${' '.repeat(indent)}${key}:${first}`, ...rest];
  };
  const item = (dash: number): string[] => {
    const [first = '', ...rest] = value('id', dash + 2);
    const keys = Array.from({ length: pick(fc.nat, { max: 2 }) }, (_, index) => value(`k${index}`, dash + 2));
    return [
      `${' '.repeat(dash)}- ${first.trimStart()}`,
      ...rest,
      ...keys.flatMap((lines) => [...between(dash + 4), ...lines]),
    ];
  };
  const flowItems = (): string[] =>
    Array.from({ length: 1 + pick(fc.nat, { max: 2 }) }, (_, index) =>
      one(`{ id: F${index} }`, `{ id: F${index}, s: "a, b" }`, `{ "id":F${index}}`),
    );
  const list = (key: string): string[] => {
    const kind = one('none', 'empty', 'null', 'block', 'block', 'block', 'flow', 'lines');
    const dash = Number(one('0', '2', '4'));
    if (kind === 'empty') return [`${key}: ${one('[]', '[ ]', '[  ]')}${tail()}`];
    if (kind === 'null') return [`${key}:${one('', ' ~', ' null')}${tail()}`];
    if (kind === 'flow')
      return [`${key}: [${one('', ' ')}${flowItems().join(', ')}${one('', ',', ' , ', ' ')}]${tail()}`];
    if (kind === 'lines') {
      const items = flowItems();
      const comma = chance();
      const lines = items.map(
        (text, index) => `  ${text}${index < items.length - 1 || comma ? ',' : ''}${one('', ' # note')}`,
      );
      return [
        `${key}: [`,
        ...lines.flatMap((line) => [...(chance() ? ['  # note'] : []), line]),
        ...(chance() ? ['  # last'] : []),
        ' ]',
      ];
    }
    if (kind === 'none') return [];
    const items = Array.from({ length: 1 + pick(fc.nat, { max: 2 }) }, () => item(dash));
    return [`${key}:${one('', ' # note')}`, ...items.flatMap((lines) => [...between(dash + 2), ...lines])];
  };
  const parts = [value('name', 0), list('contracts'), value('plan', 0), list('exceptions'), value('last', 0)];
  const order = pick(fc.shuffledSubarray<number>, [0, 1, 2, 3, 4], { minLength: 5 });
  const lines = [
    ...(chance() ? ['# top'] : []),
    ...between(),
    ...order.flatMap((index) => [...(parts[index] ?? []), ...between(3)]),
  ];
  const eol = one('\n', '\n', '\r\n');
  return (chance() ? '\ufeff' : '') + lines.join(eol) + (chance() ? eol : '');
});

const commentsOf = (text: string): string[] => text.match(/#.*/g) ?? [];
const linesOf = (text: string): string[] => text.split('\n');

/** What of `before` is not in `after`, line by line and in order. */
function missingLines(before: string, after: string): string[] {
  const left = linesOf(after);
  return linesOf(before).filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(0, at + 1);
    return at < 0;
  });
}

describe('any file', () => {
  const contract = { id: 'C-2027-001', plan: 'studio@2', quantities: { seats: 7 }, note: 'a'.repeat(80) };
  const exception = { id: 'EX-1', need: 'They need: more # of it', demand: [], because: 'b'.repeat(80) };

  it('keeps every line that is not edited, its comments and its line ends, and says what was meant', () => {
    let edited = 0;
    fc.assert(
      fc.property(layouts, (before) => {
        const data = read(before) as Record<string, unknown[]> | undefined;
        fc.pre(data !== undefined);
        const after = edit(
          before,
          { append: ['contracts'], items: [contract] },
          { append: ['exceptions'], items: [exception] },
        );
        edited += 1;
        const meant = {
          ...data,
          contracts: [...(data?.contracts ?? []), contract],
          exceptions: [...(data?.exceptions ?? []), exception],
        };
        expect(read(after)).toEqual(meant);
        expect(parseDocument(after.replace('\ufeff', '')).errors).toEqual([]);
        expect(commentsOf(after.replaceAll('# of it', '')).map((line) => line.trim())).toEqual(
          commentsOf(before).map((line) => line.trim()),
        );
        const crlf = before.includes('\r\n');
        if (crlf) expect(after.replaceAll('\r\n', '')).not.toContain('\n');
        else expect(after).not.toContain('\r');
        // Only a list between brackets, an empty one, and a last line without an end are touched at all.
        const touched = missingLines(before, after);
        const last = linesOf(before).at(-1) ?? '';
        for (const line of touched) expect(line === last || /[[\]{}]|null|~/.test(line)).toBe(true);
        expect(touched.length).toBeLessThanOrEqual(3);
      }),
      { numRuns: 800 },
    );
    expect(edited).toBeGreaterThan(400);
  });

  it('is shown as a diff that turns the one into the other', () => {
    fc.assert(
      fc.property(layouts, (before) => {
        fc.pre(read(before) !== undefined);
        const made = editFile('x.yaml', bytesOf(before), [
          { append: ['contracts'], items: [contract] },
          { append: ['exceptions'], items: [exception] },
        ]);
        expect(patched(before, excerptOf(made))).toEqual(made.after.replace(/\r?\n$/, '').split(/\r?\n/));
      }),
      { numRuns: 300 },
    );
  });
});

/** Applies a unified diff the way `patch` does, checking every line it names. */
function patched(before: string, diff: string): string[] {
  const old = before.replace(/\r?\n$/, '').split(/\r?\n/);
  const made: string[] = [];
  let at = 0;
  for (const line of diff.replace(/\n$/, '').split('\n').slice(2)) {
    const hunk = /^@@ -(\d+),(\d+) \+(\d+),(\d+) @@$/.exec(line);
    if (hunk) {
      const from = Number(hunk[1]) - 1;
      made.push(...old.slice(at, from));
      at = from;
      expect(made.length).toBe(Number(hunk[3]) - 1);
      continue;
    }
    const text = line.slice(1);
    if (line[0] !== '+') {
      expect(old[at]).toBe(text);
      at += 1;
    }
    if (line[0] !== '-') made.push(text);
  }
  return [...made, ...old.slice(at)];
}

describe('a new file', () => {
  it('begins with the line that gives editors its schema, however deep it lies', () => {
    expect(newFile('customers/a/b/x.yaml', 'customer', { name: 'X', plan: 'studio@2' })).toEqual({
      path: 'customers/a/b/x.yaml',
      after:
        '# yaml-language-server: $schema=../../../schemas/generated/customer.schema.json\nname: X\nplan: studio@2\n',
      splices: [],
    });
    expect(newFile('plans/x@1.yaml', 'plan', { name: 'X' }).after).toBe(
      '# yaml-language-server: $schema=../schemas/generated/plan.schema.json\nname: X\n',
    );
  });
});
