import { expect, it } from 'vitest';
import type { CheckedChange } from '../../../engine/checks/checked-change.ts';
import { placeOfChange } from '../../../engine/checks/facts/place-of-cause.ts';
import type { Change } from '../../../engine/diff/diff.ts';
import { type Document, readDocument } from '../../../engine/document.ts';
import { sourceFile } from '../../fixtures/small-repository.ts';

const file = 'customers/acme.yaml';
const text = `name: Acme
exceptions: [{ id: EX-1, set: { seats: 5, sso: true } }]
contracts:
  - starts: 2026-02-01
    plan: studio@2
`;

/** Line, column and the word there, for a value that an origin says this of. */
function wordAt(path: string, after: { path: string; line: number }): string {
  const document = readDocument(sourceFile(file, text)).document as Document;
  const change = { head: { model: { customers: new Map([['acme', { document }]]) } } } as unknown as CheckedChange;
  const at = placeOfChange(change, 'acme', { path, origin: { after } } as unknown as Change);
  if (typeof at === 'string') return at;
  const { start } = 'in' in at ? at.in.locate(at.pointer, at.key ? 'key' : 'value') : at;
  const word = /^\w*/.exec((text.split('\n')[start.line - 1] ?? '').slice(start.column - 1))?.[0];
  return `${start.line}:${start.column} ${word}`;
}

it.each([
  ['the key that is meant, of several on the line', 'settings.sso', { path: file, line: 2 }, '2:43 sso'],
  ['the first key of the line, where none is meant', 'account', { path: file, line: 2 }, '2:1 exceptions'],
  ['the first key of an item of a list', 'contract.ends', { path: file, line: 4 }, '4:5 starts'],
  ['a key further in', 'plan', { path: file, line: 5 }, '5:5 plan'],
  ['the line, where it holds no key', 'plan', { path: file, line: 6 }, '6:1 '],
  ['the file, where another one says it', 'plan', { path: 'plans/studio@2.yaml', line: 5 }, file],
])('a change stands at %s', (_, path, after, found) => {
  expect(wordAt(path, after)).toBe(found);
});
