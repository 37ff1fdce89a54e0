import { describe, expect, it } from 'vitest';
import { readForeignYaml } from '../../engine/document/read-foreign-yaml.ts';
import { sourceFile } from '../fixtures/small-repository.ts';

const read = (text: string | Uint8Array) => readForeignYaml(sourceFile('workflow.yml', text));

const text = `on: &events [push]
again: *events
jobs:
  one: &job
    run: |
      echo a
      echo \${{ b }}
    "with": { key: "x\\u0020y" }
  two: *job
`;

describe('YAML of somebody else', () => {
  it('is data, with aliases followed and words left words', () => {
    const job = { run: 'echo a\necho ${{ b }}\n', with: { key: 'x y' } };
    expect(read(text).document?.data).toEqual({
      on: ['push'],
      again: ['push'],
      jobs: { one: job, two: job },
    });
    expect(read('a: no\nb: 014\nc: 2026-01-01\n').document?.data).toEqual({ a: 'no', b: 14, c: '2026-01-01' });
  });

  it.each([
    [['on', 0], 'value', 1, 14],
    [['jobs', 'one', 'with', 'key'], 'key', 8, 15],
    [['jobs', 'one', 'with', 'key'], 'value', 8, 20],
    // What an alias stands for is where it was written.
    [['jobs', 'two', 'run'], 'key', 5, 5],
    [['jobs', 'one', 'missing', 'deeper'], 'value', 4, 3],
    [['nothing'], 'key', 1, 1],
  ] as const)('places %j (%s) at %i:%i', (pointer, what, line, column) => {
    expect(read(text).document?.locate(pointer, what)).toMatchObject({ path: 'workflow.yml', start: { line, column } });
  });

  it('finds a piece of a text, or the text where the piece is written otherwise', () => {
    const { document } = read(text);
    expect(document?.find(['jobs', 'one', 'run'], '${{ b }}').start).toEqual({ line: 7, column: 12 });
    expect(document?.find(['jobs', 'one', 'with', 'key'], 'x y').start).toEqual({ line: 8, column: 20 });
    // The same words further down are another text's.
    expect(document?.find(['on', 0], 'echo').start).toEqual({ line: 1, column: 14 });
  });

  const tenOf = (word: string): string => `[${Array.from({ length: 10 }, () => word).join(', ')}]`;
  const bomb = [...'abcdefghi']
    .map((name, index) => `${name}: &${name} ${tenOf(index === 0 ? 'x' : `*${'abcdefghi'[index - 1]}`)}\n`)
    .join('');

  it.each([
    ['no YAML', 'a: [\n', 'yaml-syntax'],
    ['a key twice', 'a: 1\na: 2\n', 'yaml-syntax'],
    ['a list at the top', '- a\n', 'yaml-syntax'],
    ['nothing', '', 'yaml-syntax'],
    ['two documents', 'a: 1\n---\nb: 2\n', 'yaml-syntax'],
    ['an alias to nothing', 'a: *b\n', 'yaml-syntax'],
    ['a bomb', bomb, 'yaml-syntax'],
    ['hidden characters', 'a: "\u202e"\n', 'bidirectional-control'],
    ['too much', `a: ${'x'.repeat(300_000)}\n`, 'file-too-large'],
    ['no text', new Uint8Array([0xff, 0xfe, 0x41]), 'not-utf8'],
  ])('refuses %s', (_title, content, rule) => {
    const { document, diagnostics } = read(content);
    expect([document, diagnostics.map((one) => [one.rule, one.severity])]).toEqual([undefined, [[rule, 'error']]]);
  });
});
