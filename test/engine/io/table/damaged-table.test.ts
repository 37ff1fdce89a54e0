import { cpSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { encodeText, firstLine, sumOf } from '../../../../engine/io/table/layout.ts';
import { openTable } from '../../../../engine/io/table/open-table.ts';
import { TableDamaged } from '../../../../engine/io/table/table-damaged.ts';
import { writeTable } from '../../../../engine/io/table/write-table.ts';
import { drawFrom, seed, timesFrom } from '../../../fixtures/release/counts.ts';
import { temporaryFolder } from '../../../temporary-repository.ts';
import { judgeTable, type Open, sampleBytes, sampleRows } from './sample-table.ts';

const small = sampleRows('');
const large = sampleRows('x'.repeat(17_000));

/** The verdicts over files that were damaged in many ways; wrong answers one by one, with the name of their damage. */
function verdictsOf(
  open: Open,
  rows: typeof small,
  damages: Iterable<[name: string, bytes: Uint8Array]>,
): Set<unknown> {
  const file = join(temporaryFolder(), 'x.table');
  const verdicts = new Set<unknown>();
  for (const [name, bytes] of damages) {
    writeFileSync(file, bytes);
    const verdict = judgeTable(open, file, rows);
    verdicts.add(typeof verdict === 'string' ? verdict : `${name}: ${JSON.stringify(verdict)}`.slice(0, 200));
  }
  return verdicts;
}

function* flips(bytes: Buffer): Generator<[string, Buffer]> {
  for (let at = 0; at < bytes.length; at++)
    for (let bit = 1; bit < 256; bit *= 2) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8((bytes[at] as number) ^ bit, at);
      yield [`bit ${bit} of byte ${at}`, flipped];
    }
}

function* cuts(bytes: Buffer): Generator<[string, Buffer]> {
  for (let length = 0; length < bytes.length; length++) yield [`cut to ${length}`, bytes.subarray(0, length)];
  for (let from = 1; from < bytes.length; from++) yield [`without its first ${from}`, bytes.subarray(from)];
}

function* drawn(bytes: Buffer, times: number): Generator<[string, Buffer]> {
  const draw = drawFrom(seed);
  const place = (): number => Math.floor(draw() * bytes.length);
  for (let count = 0; count < times; count++) {
    const changed = Buffer.from(bytes);
    const [from, to, length] = [place(), place(), Math.floor(draw() * 40)];
    if (count % 3 === 0) changed.writeUInt8((bytes[from] as number) ^ (1 << Math.floor(draw() * 8)), from);
    else if (count % 3 === 1) bytes.copy(changed, to, from, from + length);
    yield [`change ${count}`, count % 3 === 2 ? bytes.subarray(0, from) : changed];
  }
}

describe('a table on a bad disk', () => {
  it('never answers wrongly with any of its bits flipped', () => {
    expect(verdictsOf(openTable, small, flips(sampleBytes(small)))).toEqual(new Set(['none', 'damaged']));
  });

  it('is none when it is cut anywhere', () => {
    expect(verdictsOf(openTable, small, cuts(sampleBytes(small)))).toEqual(new Set(['none']));
  });

  it(`of several blocks never answers wrongly, and says what it can (seed ${seed})`, () => {
    const times = timesFrom('PROVISO_FLIPS', 3_000) / 10;
    const found = verdictsOf(openTable, large, drawn(sampleBytes(large), times));
    found.delete('right'); // a piece copied over one like it
    expect(found).toEqual(new Set(['none', 'damaged']));
  });

  it('still answers from the blocks that are whole', () => {
    const file = join(temporaryFolder(), 'x.table');
    const bytes = sampleBytes(large);
    bytes.writeUInt8(0, 100);
    writeFileSync(file, bytes);
    const table = openTable(file);
    expect(() => table?.find('bird')).toThrow(new TableDamaged(file));
    expect(table?.find('catfish')).toEqual([large[3]]);
    table?.close();
  });

  it('is not answered from another of its blocks', () => {
    const bytes = sampleBytes(large);
    const length = bytes.indexOf('cat\0') - 1 - firstLine.length;
    const [first, second] = [0, length].map((from) =>
      Buffer.from(bytes.subarray(firstLine.length + from).subarray(0, length)),
    );
    Buffer.concat([second as Buffer, first as Buffer]).copy(bytes, firstLine.length);
    expect(verdictsOf(openTable, large, [['exchanged', bytes]])).toEqual(new Set(['damaged']));
  });

  it('goes on behind its end, or has more within: it is none', () => {
    const bytes = sampleBytes(small);
    const more: [string, Buffer][] = [
      ['behind', Buffer.concat([bytes, Buffer.from('x')])],
      ['within', Buffer.concat([firstLine, Buffer.from('x'), bytes.subarray(firstLine.length)])],
    ];
    expect(verdictsOf(openTable, small, more)).toEqual(new Set(['none']));
  });

  it('is damaged when it is cut while it is open', () => {
    const file = join(temporaryFolder(), 'x.table');
    writeTable(file, null, large);
    const table = openTable(file);
    truncateSync(file, 20);
    expect(() => table?.find('bird')).toThrow(TableDamaged);
    table?.close();
  });
});

/** A table by hand, its sums right: one block, and what is said of it. */
function forged({ line = firstLine, text = '', length = 0, about = '{"rows":1,"about":null}', start = '' }): Buffer {
  const block = encodeText(text);
  const entry = Buffer.alloc(20);
  entry.writeUInt32LE(length || block.length);
  sumOf(block).copy(entry, 4, 0, 16);
  const [starts, said] = [encodeText(start), encodeText(about)];
  const lengths = Buffer.alloc(12);
  [1, starts.length, said.length].forEach((value, at) => void lengths.writeUInt32LE(value, at * 4));
  const index = Buffer.concat([entry, starts, said, lengths]);
  return Buffer.concat([line, block, index, sumOf(Buffer.concat([firstLine, index]))]);
}

function judgeForged(open: Open, bytes: Buffer): unknown {
  const file = join(temporaryFolder(), 'x.table');
  writeFileSync(file, bytes);
  const table = open(file);
  if (!table) return 'none';
  try {
    return table.find('k');
  } catch (error) {
    return (error as Error).name;
  } finally {
    table.close();
  }
}

const otherVersion = Buffer.from('proviso table 2\n', 'latin1');
const tooMuch = (): Buffer => forged({ about: JSON.stringify({ rows: 1, about: 'x'.repeat(16_777_216) }) });

describe('a table made by hand, its sums right', () => {
  it.each([
    ['a row', { text: 'k\0p\0' }, [{ key: 'k', path: 'p' }]],
    ['no JSON for a value', { text: 'k\0p\0{' }, 'TableDamaged'],
    ['half a row', { text: 'k' }, 'TableDamaged'],
    ['more blocks than are told apart', { text: 'k\0p\0', start: '\0a' }, 'none'],
    ['a block of gigabytes', { text: 'k\0p\0', length: 0xffff_ffff }, 'none'],
    ['another version', { text: 'k\0p\0', line: otherVersion }, 'none'],
    ['nothing told of it', { text: 'k\0p\0', about: 'null' }, 'none'],
  ])('has %s', (_, made, expected) => {
    expect(judgeForged(openTable, forged(made))).toEqual(expected);
  });

  it('has more to say than is read', () => expect(judgeForged(openTable, tooMuch())).toBe('none'));
});

const room = fileURLToPath(new URL('../../../../engine/io/table', import.meta.url));

/** The reader with one guard taken out. */
async function weakened(file: string, guard: string, without: string): Promise<Open> {
  const folder = temporaryFolder();
  cpSync(room, folder, { recursive: true });
  const source = readFileSync(join(folder, file), 'utf8');
  if (!source.includes(guard)) throw new Error(`${file} has no ${guard}`);
  writeFileSync(
    join(folder, file),
    source.replace(guard, () => without),
  );
  return ((await import(join(folder, 'open-table.ts'))) as { openTable: Open }).openTable;
}

describe('a reader without', () => {
  it('the sums of blocks answers wrongly', async () => {
    const open = await weakened('block-reader.ts', '!sumOf(bytes).subarray(0, sumBytes).equals(sum)', 'false');
    const verdicts = [...verdictsOf(open, small, flips(sampleBytes(small)))];
    expect(verdicts.filter((verdict) => String(verdict).startsWith('bit')).length).toBeGreaterThan(100);
  });

  it('the sum of the index answers wrongly', async () => {
    const open = await weakened('read-index.ts', '!sum.equals(trailer.subarray(lengths.length))', 'false');
    const verdicts = [...verdictsOf(open, small, flips(sampleBytes(small)))];
    expect(verdicts.filter((verdict) => String(verdict).startsWith('bit')).length).toBeGreaterThan(10);
  });

  it.each([
    [
      'the first line',
      'read-index.ts',
      '!readAt(opened, 0, firstLine.length).equals(firstLine)',
      () => forged({ line: otherVersion }),
    ],
    ['where blocks end', 'read-index.ts', 'positions.at(-1) !== position', () => forged({ length: 0xffff_ffff })],
    ['the most an index has', 'read-index.ts', 'length > largestIndex', tooMuch],
  ])('%s takes what it must not', async (_, file, guard, made) => {
    const open = await weakened(file, guard, 'false');
    expect(judgeForged(open, made())).not.toEqual('none');
  });
});
