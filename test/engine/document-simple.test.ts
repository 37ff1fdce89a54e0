import { Buffer } from 'node:buffer';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readSimple } from '../../engine/document/simple.ts';
import { generateCustomer } from '../../engine/generate/generate-customer.ts';
import { read } from './read-text.ts';
import { mutate, randomFrom, SEEDS } from './yaml-mutations.ts';

const SEED = Number(process.env.PROVISO_SEED ?? 20261121);
const COUNT = Number(process.env.PROVISO_FUZZ ?? 20_000);

/** What the parser makes of a text: a tab keeps the simple reader from answering. */
const parsed = (text: string) => read(`${text}\n# \t`);

test.each([
  ['a: 1', { a: 1 }],
  ['# c\n\na: x # y\n', { a: 'x' }],
  ['a: x#y\nb: a:b\n', { a: 'x#y', b: 'a:b' }],
  ['a:\n- b: 1\n  c:\n  - d\n  - - e\n    - f\n-  g\nh: ""\n', { a: [{ b: 1, c: ['d', ['e', 'f']] }, 'g'], h: '' }],
  [
    'a: [x y, "b, c", [], {}, [ -1.5 ], { d: \'e\', f: {g: null} }] # h',
    { a: ['x y', 'b, c', [], {}, [-1.5], { d: 'e', f: { g: null } }] },
  ],
  ['a:\n    b:\n        c: true\n    d: 2026-04-01\n', { a: { b: { c: true }, d: '2026-04-01' } }],
  ['name: Zoë’s\nconstructor: 1\n', { name: 'Zoë’s', constructor: 1 }],
])('%j is simple', (text, data) => {
  expect(readSimple(text)).toEqual(data);
  expect(parsed(text).document?.data).toEqual(data);
});

test.each([
  '',
  '# only',
  '- a',
  'a',
  'a:',
  ' a: 1',
  'a:1',
  '"a": 1',
  'a : 1',
  '---\na: 1',
  'a: 1\n...',
  'a: 1\na: 2',
  'a: 1\n b: 2',
  'a:\n  b: 1\n c: 2',
  'a: x\n  y',
  'a: "x\n  y"',
  'a: |\n  x',
  'a: &b x',
  'a: *b',
  'a: !t x',
  'a: x: y',
  'a: x:',
  'a: - x',
  'a: "\\n"',
  "a: 'it''s'",
  'a: "x"#',
  'a: "x" y',
  'a: [x',
  'a: [x,]',
  'a: [x: y]',
  'a: [x [y]]',
  'a: [x]y',
  'a: { b: }',
  'a: { b:1 }',
  'a: { b: 1, b: 2 }',
  'a: {"b": 1}',
  'a: 0x10',
  'a: 007',
  'a: .5',
  'a: True',
  'a:\n-\n',
  'a:\n- b\n  c',
  'a:\n- b\n - c',
  'a:\t1',
  'a: 1\r\n',
  '<<: 1',
  '__proto__: 1',
  `a: ${'['.repeat(17)}${']'.repeat(17)}`,
])('%j is not', (text) => {
  expect(readSimple(text)).toBeUndefined();
});

test(`${COUNT} mutated files: what the simple reader answers is what the parser says, without a problem`, () => {
  const random = randomFrom(SEED);
  const customers = Array.from({ length: 40 }, (_, index) => generateCustomer(1, index).text.slice(77, 700));
  const simple = [...customers, ...SEEDS];
  let answered = 0;
  for (let count = 0; count < COUNT; count++) {
    const text = Buffer.from(mutate(simple[Math.floor(random() * simple.length)] ?? '', random)).toString('utf8');
    const { document, diagnostics } = read(text);
    const data = document && readSimple(text.replace(/^\ufeff/, ''));
    if (!data) continue;
    answered++;
    const replay = `seed ${SEED}, file ${count}: ${JSON.stringify(text)}`;
    expect(diagnostics, replay).toEqual([]);
    expect(parsed(text), replay).toMatchObject({ document: { data }, diagnostics: [] });
  }
  console.log(`seed ${SEED}: ${answered} of ${COUNT} answered`);
  expect(answered).toBeGreaterThan(COUNT / 50);
}, 3_600_000);

test('it answers for the files of the sample company', () => {
  const root = new URL('../../', import.meta.url);
  const paths = ['customers', 'plans', 'policies'].flatMap((room) =>
    readdirSync(new URL(room, root), { recursive: true, encoding: 'utf8' }).map((name) => `${room}/${name}`),
  );
  const texts = paths.filter((path) => path.endsWith('.yaml')).map((path) => readFileSync(new URL(path, root), 'utf8'));
  const unanswered = paths.filter(
    (path) => path.endsWith('.yaml') && !readSimple(readFileSync(new URL(path, root), 'utf8')),
  );
  expect(unanswered.length / texts.length).toBeLessThan(0.1);
  for (const text of texts) if (readSimple(text)) expect(readSimple(text)).toEqual(parsed(text).document?.data);
});
