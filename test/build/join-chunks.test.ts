import { describe, expect, it } from 'vitest';
import { type Chunk, joinChunks } from '../../scripts/build/join-chunks.ts';

const chunk = (module: string, users: string, bytes: number): Chunk => ({
  modules: [module],
  users: new Set(users),
  packages: '',
  bytes,
});

const imports: Readonly<Record<string, readonly string[]>> = { names: ['model'] };

/** What is joined where commands a to e load these, and `names` brings a model along. */
const joined = (...chunks: Chunk[]): string[][] =>
  joinChunks(chunks, (module) => imports[module] ?? []).map(({ modules }) => [...modules].sort());

describe('two files are joined', () => {
  it('where it saves a file to those who load both, and costs the others little', () => {
    expect(joined(chunk('read', 'ab', 500), chunk('names', 'bc', 600))).toEqual([['names', 'read']]);
    expect(joined(chunk('read', 'ab', 500), chunk('names', 'bc', 60_000))).toEqual([['read'], ['names']]);
  });

  it('not where the one brings along what users of the other have no use for', () => {
    const withModel = (bytes: number) =>
      joined(chunk('read', 'ab', 500), chunk('names', 'bc', 600), chunk('model', 'bcde', bytes));
    expect(withModel(500)).toEqual([['model', 'names', 'read']]);
    expect(withModel(90_000)).toEqual([['read'], ['model', 'names']]);
  });

  it('with regard to who loads them since others were joined', () => {
    // To load the names with `read` costs `a` the model. Since it has that too, what is joined to the model costs `a` as much again.
    const many = 'bcdefghijklmnopqrstuvwxyz0123456789';
    const files = joined(
      chunk('read', 'ab', 500),
      chunk('names', 'b', 600),
      chunk('model', many, 12_000),
      chunk('large', many, 500_000),
    );
    expect(files.map((modules) => modules.join(' ')).sort()).toEqual(['large', 'model', 'names read']);
  });
});
