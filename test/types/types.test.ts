import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compileTypes } from '../compile-types.ts';
import { temporaryFolder } from '../temporary-repository.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const EXPECT = '// @ts-expect-error';
const text = readFileSync(`${folder}client-types.ts`, 'utf8').replaceAll("'../../", `'${folder}../../`);
const source = text.replaceAll("'../fixtures", `'${folder}../fixtures`);

test('the reader’s types are as they should be: the compiler finds every line that is wrong and no other', () => {
  const lines = source.split('\n');
  const wrong = lines.flatMap((line, index) => (line.trim().startsWith(EXPECT) ? [index + 2] : []));
  const found = compileTypes(temporaryFolder(), 'client.ts', source.replaceAll(EXPECT, '//'));
  expect(wrong.length).toBeGreaterThan(10);
  expect([...new Set(found.map((line) => Number.parseInt(line, 10)))]).toEqual(wrong);
});

test('and a type that is nearly right is wrong', () => {
  const nearly = source
    .replace('same<typeof seats, number>', 'same<typeof seats, number | string>')
    .replace("same<typeof region, 'us' | 'eu'>", 'same<typeof region, string>')
    .replace('same<typeof formats, readonly string[]>', 'same<typeof formats, string[]>');
  expect(compileTypes(temporaryFolder(), 'client.ts', nearly)).toHaveLength(3);
});
