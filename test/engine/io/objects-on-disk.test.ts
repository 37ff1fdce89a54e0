import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { objectsOnDisk } from '../../../engine/io/objects-on-disk.ts';
import { type Objects, sha256 } from '../../../runtime/snapshot/object.ts';
import { seed } from '../../fixtures/release/counts.ts';

/** How many more times the disk takes something. */
let room = Number.POSITIVE_INFINITY;
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const write = (...given: Parameters<typeof fs.writeSync>): number => {
    if (room <= 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    room -= 1;
    return fs.writeSync(...given);
  };
  return { ...fs, writeSync: write };
});

const folders: string[] = [];
function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'proviso-objects-'));
  folders.push(folder);
  return folder;
}
afterEach(() => {
  room = Number.POSITIVE_INFINITY;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const bytesOf = (seed: number, length: number): Uint8Array => Buffer.alloc(length, `${seed} of ${length};`);
const objectOf = (seed: number, length: number): [hash: string, bytes: Uint8Array] => {
  const bytes = bytesOf(seed, length);
  return [sha256(bytes), bytes];
};
const nameOf = (bytes: Uint8Array | undefined): string | undefined => bytes && sha256(bytes);
const textOf = (objects: ReadonlyMap<string, Uint8Array>): [string, string][] =>
  [...objects].map(([hash, bytes]) => [hash, Buffer.from(bytes).toString('latin1')]);

/** What is more than is written at once, and more than twice as much. */
const many = Array.from({ length: 600 }, (_, index) => objectOf(index, 5_000));

function filled(folder: string, objects = many): Objects {
  const made = objectsOnDisk(folder);
  for (const [hash, bytes] of objects) made.set(hash, bytes);
  return made;
}

describe('objects on disk', () => {
  it('are those of a map, whatever is added and asked for, in whatever order', () => {
    const step = fc.oneof(
      fc.record({ add: fc.nat(40), length: fc.constantFrom(1, 900, 70_000, 400_000, 1_048_576) }),
      fc.record({ ask: fc.nat(60) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const [made, model] = [objectsOnDisk(makeFolder()), new Map<string, Uint8Array>()];
        for (const each of steps) {
          if ('add' in each) {
            const [hash, bytes] = objectOf(each.add, each.length);
            made.set(hash, bytes);
            model.set(hash, bytes);
          } else {
            const hash = [...model.keys()][each.ask] ?? 'of none';
            expect(nameOf(made.get(hash))).toBe(nameOf(model.get(hash)));
            expect(made.has(hash)).toBe(model.has(hash));
          }
        }
        expect([made.size, [...made.keys()]]).toEqual([model.size, [...model.keys()]]);
        expect(textOf(made).join() === textOf(model).join()).toBe(true);
      }),
      { numRuns: 60, seed },
    );
  });

  it('leave nothing behind: the file has no name', () => {
    const folder = join(makeFolder(), 'below', 'git');
    const made = filled(folder);
    expect(readdirSync(folder)).toEqual([]);
    expect(textOf(made)).toEqual(textOf(new Map(many)));
  });

  it('need no folder while they are few', () => {
    const folder = makeFolder();
    expect(filled(join(folder, 'making'), many.slice(0, 100)).size).toBe(100);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are kept in memory where nothing can be written', () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'making'), 'a file where the folder would be');
    expect(textOf(filled(join(folder, 'making')))).toEqual(textOf(new Map(many)));
  });

  it.each([0, 1, 2])('are kept in memory from where the disk is full, after %i times', (times) => {
    room = times;
    const made = filled(makeFolder());
    expect(room).toBe(0);
    expect(textOf(made)).toEqual(textOf(new Map(many)));
  });

  it('are not given where the disk gives back something else', () => {
    const folder = makeFolder();
    const made = filled(folder);
    const [first, second] = many as [(typeof many)[number], (typeof many)[number]];
    const file = readdirSync('/proc/self/fd').find((name) => {
      try {
        return readlinkSync(`/proc/self/fd/${name}`).startsWith(folder);
      } catch {
        return false;
      }
    });
    writeSync(Number(file), Buffer.from('X'), 0, 1, 17);
    expect(() => made.get(first[0])).toThrow(/the disk of .* is damaged/);
    expect(nameOf(made.get(second[0]))).toBe(second[0]);
  });
});
