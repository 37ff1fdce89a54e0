import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignChunks, type Links } from '../../scripts/build/assign-chunks.ts';

type Drawn = Partial<Pick<Links, 'imports' | 'lazy' | 'packages' | 'bytes'>>;

const modulesOf = (drawn: Readonly<Record<string, Drawn>>): Map<string, Links> =>
  new Map(
    Object.entries(drawn).map(([id, links]) => [id, { imports: [], lazy: [], packages: [], bytes: 35_000, ...links }]),
  );

/** Files by their names, each with its modules. */
function filesOf(drawn: Readonly<Record<string, Drawn>>, together: readonly string[] = []): Record<string, string[]> {
  const chunks = assignChunks({ modules: modulesOf(drawn), program: 'main.ts', others: ['worker.ts'], together });
  const files: Record<string, string[]> = {};
  for (const [id, name] of chunks) files[name] = [...(files[name] ?? []), id];
  return files;
}

const base: Readonly<Record<string, Drawn>> = {
  'main.ts': { imports: ['registry.ts', 'days.ts'] },
  'registry.ts': { lazy: ['commands/read.ts', 'commands/write.ts'] },
  'days.ts': {},
  'worker.ts': { imports: ['days.ts'] },
  'commands/read.ts': { imports: ['read.ts'] },
  'commands/write.ts': { lazy: ['write.ts'] },
  'read.ts': { imports: ['days.ts', 'tree.ts'] },
  'write.ts': { imports: ['tree.ts'] },
  'tree.ts': {},
};

describe('the files of the commands', () => {
  it('are: what every command loads, what each loads alone, and what some share', () => {
    expect(filesOf(base)).toEqual({
      main: ['main.ts'],
      worker: ['worker.ts'],
      start: ['days.ts', 'registry.ts'],
      read: ['commands/read.ts', 'read.ts'],
      write: ['commands/write.ts', 'write.ts'],
      tree: ['tree.ts'],
    });
  });

  it('are one for what a list of all commands loads', () => {
    const files = filesOf(base, ['commands/read.ts', 'commands/write.ts']);
    expect(files.together).toEqual(['commands/read.ts', 'commands/write.ts']);
    expect([files.read, files.write]).toEqual([['read.ts'], ['write.ts']]);
  });

  it('are kept apart where one brings a package along', () => {
    const files = filesOf({
      ...base,
      'read.ts': { imports: ['tree.ts', 'shape.ts'] },
      'shape.ts': { packages: ['zod'] },
    });
    expect(Object.values(files)).toContainEqual(['commands/read.ts', 'read.ts', 'shape.ts']);
    const lazily = filesOf({ ...base, 'read.ts': { lazy: ['shape.ts'] }, 'shape.ts': { packages: ['zod'] } });
    expect(Object.values(lazily)).toContainEqual(['shape.ts']);
    expect(Object.values(lazily)).toContainEqual(['commands/read.ts', 'read.ts']);
  });

  it('are one for data as large as a package, which is brought along like one', () => {
    const files = filesOf({
      ...base,
      'read.ts': { lazy: ['words.ts'] },
      'words.ts': { imports: ['data.ts'], bytes: 500 },
      'data.ts': { bytes: 500_000 },
    });
    expect(files.data).toEqual(['data.ts']);
    expect(Object.values(files)).toContainEqual(['words.ts']);
    expect(Object.values(files)).toContainEqual(['commands/read.ts', 'read.ts']);
  });

  it('are joined where what is read for nothing is less than a file', () => {
    const small = {
      ...base,
      'commands/write.ts': { lazy: ['write.ts'], bytes: 500 },
      'write.ts': { imports: ['tree.ts'], bytes: 500 },
    };
    expect(Object.values(filesOf(small))).toContainEqual(['commands/write.ts', 'write.ts', 'tree.ts']);
  });

  it('are not joined around one that lies between them', () => {
    const files = filesOf({
      'main.ts': { imports: ['registry.ts'] },
      'registry.ts': { lazy: ['one.ts', 'two.ts', 'three.ts'] },
      'worker.ts': {},
      'one.ts': { imports: ['large.ts'], bytes: 100 },
      'large.ts': { imports: ['three.ts'], bytes: 31_500 },
      'two.ts': { imports: ['large.ts'], bytes: 17_500 },
      'three.ts': { bytes: 50 },
    });
    expect(Object.values(files)).not.toContainEqual(['one.ts', 'three.ts']);
    expect(Object.values(files)).toContainEqual(['three.ts']);
  });

  it('do not load what is chosen by a registry for those who ask it for something else', () => {
    const stores = { 'stores/registry.ts': { lazy: ['a.ts', 'b.ts'] }, 'a.ts': {}, 'b.ts': {} };
    const files = filesOf({ ...base, ...stores, 'tree.ts': { imports: ['stores/registry.ts'] } });
    expect([files.a, files.b]).toEqual([['a.ts'], ['b.ts']]);
  });
});

/** Modules that load only later ones, as files that load each other in no circle do. */
const drawnModules = fc
  .array(
    fc.record({
      imports: fc.array(fc.nat(40), { maxLength: 4 }),
      lazy: fc.array(fc.nat(40), { maxLength: 2 }),
      packages: fc.subarray(['zod', 'yaml']),
      bytes: fc.nat(12_000),
      isRegistry: fc.boolean(),
    }),
    { minLength: 3, maxLength: 40 },
  )
  .map((list) => {
    const idOf = (index: number): string =>
      index === 0
        ? 'main.ts'
        : index === 1
          ? 'worker.ts'
          : `${index}/${list[index]?.isRegistry ? 'registry' : 'part'}.ts`;
    const ids = list.map((_, index) => idOf(index));
    const pick = (from: number, wanted: readonly number[]): string[] =>
      [...new Set(wanted)].map((each) => ids[from + 1 + each] ?? '').filter((id) => id !== '' && id !== 'worker.ts');
    return modulesOf(
      Object.fromEntries(
        list.map(({ imports, lazy, packages, bytes }, index) => [
          idOf(index),
          { imports: pick(index, imports), lazy: pick(index, lazy), packages: index < 2 ? [] : packages, bytes },
        ]),
      ),
    );
  });

describe('whatever modules there are', () => {
  const within = (modules: ReadonlyMap<string, Links>, from: readonly string[]): Set<string> => {
    const seen = new Set<string>();
    const visit = (id: string): void => {
      if (seen.has(id)) return;
      seen.add(id);
      for (const next of modules.get(id)?.imports ?? []) visit(next);
    };
    for (const id of from) visit(id);
    return seen;
  };
  const packagesOf = (modules: ReadonlyMap<string, Links>, ids: Iterable<string>): string[] =>
    [...new Set([...ids].flatMap((id) => modules.get(id)?.packages ?? []))].sort();

  it('no file loads itself through others, and none brings along a package that a module of it would not', () => {
    fc.assert(
      fc.property(drawnModules, (modules) => {
        const chunks = assignChunks({ modules, program: 'main.ts', others: ['worker.ts'], together: [] });
        expect([...chunks.keys()].sort()).toEqual([...modules.keys()].sort());
        const files = new Map<string, string[]>();
        for (const [id, name] of chunks) files.set(name, [...(files.get(name) ?? []), id]);
        expect([files.get('main'), files.get('worker')]).toEqual([['main.ts'], ['worker.ts']]);
        const loads = new Map(
          [...files].map(([name, ids]): [string, Set<string>] => [
            name,
            new Set(ids.flatMap((id) => modules.get(id)?.imports ?? []).map((id) => chunks.get(id) ?? '')),
          ]),
        );
        const reached = (from: string): Set<string> => {
          const seen = new Set<string>();
          const ahead = [from];
          for (let each = ahead.pop(); each !== undefined; each = ahead.pop())
            for (const next of loads.get(each) ?? [])
              if (next !== each && !seen.has(next)) {
                seen.add(next);
                ahead.push(next);
              }
          return seen;
        };
        for (const name of files.keys()) expect([name, reached(name).has(name)]).toEqual([name, false]);
        const atStart = within(modules, ['main.ts']);
        for (const [id, name] of chunks) {
          const alone = packagesOf(modules, within(modules, atStart.has(id) ? [...atStart] : [id]));
          const loaded = [name, ...reached(name)].flatMap((each) => files.get(each) ?? []);
          const inFile = packagesOf(modules, loaded).filter((each) => !packagesOf(modules, atStart).includes(each));
          expect([id, inFile.filter((each) => !alone.includes(each))]).toEqual([id, []]);
        }
      }),
      { numRuns: 300 },
    );
  });
});
