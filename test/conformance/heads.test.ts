import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { acceptHead } from '../../runtime/snapshot/accept-head.ts';
import { readPinned } from '../../runtime/snapshot/keyset.ts';
import { temporaryFolder } from '../temporary-repository.ts';
import { caseFile, type PublishedCases } from './case-file.ts';
import { type HeadReader, judgeCase } from './judge-case.ts';

const text = readFileSync(fileURLToPath(new URL('../../conformance/heads/cases.json', import.meta.url)), 'utf8');
const { cases, objects } = JSON.parse(text) as PublishedCases;

describe('the published cases of heads', () => {
  it('are what their generator writes, to the byte', () => {
    expect(caseFile()).toBe(text);
  });

  it('are many, each with a name of its own, and of every attack', () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(new Set(cases.map(({ attack, name }) => `${attack}: ${name}`)).size).toBe(cases.length);
    const reasons = cases.map(({ expect: { verdict, reason } }) => reason ?? verdict);
    for (const reason of 'accept same form unsigned keyset oldKeys signature otherPlace needsNewerReader older fork'.split(
      ' ',
    ))
      expect(reasons).toContain(reason);
  });

  it.each(cases)('$attack: $name', async (each) => {
    expect(await judgeCase({ acceptHead, readPinned }, each, objects)).toEqual(each.expect);
  });
});

/** A guard of the reader, and the reader without it. */
const guards: readonly [string, string, string | RegExp, string][] = [
  ['the size of a head', 'envelope.ts', 'envelope.length > limit', 'false'],
  ['the hash of a keyset', 'follow-keysets.ts', 'sha256(envelope) !== hash', 'false'],
  ['the type of an envelope', 'envelope.ts', 'outer?.payloadType !== type', '!outer'],
  ['the type in what is signed', 'envelope.ts', '`DSSEv1 ${kind.length} ${type} ${bytes.length} `', "''"],
  [
    'the lengths in what is signed',
    'envelope.ts',
    '`DSSEv1 ${kind.length} ${type} ${bytes.length} `',
    '`DSSEv1 ${type} `',
  ],
  ['one spelling of base64', 'envelope.ts', "bytes.toString('base64') === text ? bytes : undefined", 'bytes'],
  ['no byte order mark', 'envelope.ts', ', ignoreBOM: true', ''],
  [
    'that a signature fits',
    'envelope.ts',
    /signature\?\.length === 64 && verify\([^;]*\)\) signers/,
    'signature) signers',
  ],
  ['one spelling of instants', 'is-instant.ts', 'new Date(instant).toISOString() === value', 'true'],
  ['the form of an instant', 'is-instant.ts', / \|\| !INSTANT\.test\(value\)/, ''],
  ['the fields of a head', 'head.ts', 'if (wrong) throw', 'if (false) throw'],
  ['the version of a head', 'head.ts', 'payload.v !== 1', 'false'],
  [
    'that a keyset is named',
    'accept-head.ts',
    "if (payload.keyset === undefined) return refuse('unsigned'",
    "if (payload.keyset === undefined) return trust; if (false) return refuse('unsigned'",
  ],
  ['replaced keys', 'accept-head.ts', 'payload.epoch < version', 'false'],
  ['the epoch of the keyset', 'accept-head.ts', 'keyset.payload.version === payload.epoch', 'true'],
  [
    'the signature of a head',
    'accept-head.ts',
    'signersAmong(headType, opened, known.payload.headKeys).size === 0',
    'false',
  ],
  ['the repository', 'accept-head.ts', 'payload.repo !== known.payload.repo', 'false'],
  ['the environment', 'accept-head.ts', 'payload.env !== expected.env || ', ''],
  ['the channel', 'accept-head.ts', ' || payload.channel !== expected.channel', ''],
  ['the format', 'accept-head.ts', 'payload.schema.minReader > expected.reader', 'false'],
  ['the order', 'accept-head.ts', 'if (order < 0)', 'if (false)'],
  ['epochs before numbers', 'head.ts', 'a.epoch - b.epoch || a.n - b.n', 'a.n - b.n'],
  ['forks', 'accept-head.ts', 'order === 0 && head.hash !== best?.hash', 'false'],
  ['the clock', 'accept-head.ts', "alarms.push('clock')", 'alarms.push()'],
  ['stale heads', 'accept-head.ts', "alarms.push('stale')", 'alarms.push()'],
  ['keys that ended', 'accept-head.ts', "alarms.push('keysetExpired')", 'alarms.push()'],
  ['the end of a chain of keysets', 'follow-keysets.ts', 'later.length === maxKeysetSteps ||', ''],
  ['that each keyset follows', 'follow-keysets.ts', 'checkFollows(before, next);', ''],
  ['the next version', 'keyset.ts', "if (after.version !== before.version + 1) fail('it is not the next');", ''],
  ['the repository of a keyset', 'keyset.ts', 'if (after.repo !== before.repo)', 'if (false)'],
  ['the roots of the keyset before', 'keyset.ts', 'refuseUnlessSigned(next, trusted);', ''],
  ['the roots of the keyset itself', 'keyset.ts', 'refuseUnlessSigned(next, next);', ''],
  ['that an id is the hash of its key', 'keyset.ts', '&& keyIdOf(bytes) === keyid', ''],
  ['a threshold of somebody', 'keyset.ts', /\(value as number\) >= 1 &&\s+isKeys/, 'isKeys'],
];

const snapshot = fileURLToPath(new URL('../../runtime/snapshot', import.meta.url));

/** The reader with one guard taken out. */
async function weakened(file: string, guard: string | RegExp, without: string): Promise<HeadReader> {
  const folder = temporaryFolder();
  cpSync(snapshot, folder, { recursive: true });
  const source = readFileSync(join(folder, file), 'utf8');
  const weaker = source.replace(guard, () => without);
  if (weaker === source) throw new Error(`${file} has no ${guard}`);
  writeFileSync(join(folder, file), weaker);
  const { acceptHead } = (await import(join(folder, 'accept-head.ts'))) as Pick<HeadReader, 'acceptHead'>;
  const { readPinned } = (await import(join(folder, 'keyset.ts'))) as Pick<HeadReader, 'readPinned'>;
  return { acceptHead, readPinned };
}

describe('a reader without one of its guards', () => {
  it.each(guards)('%s: some case tells', async (_, file, guard, without) => {
    const reader = await weakened(file, guard, without);
    const told: string[] = [];
    for (const each of cases) {
      const answer = await judgeCase(reader, each, objects).catch((error: unknown) => ({ verdict: `threw ${error}` }));
      if (!isDeepStrictEqual(answer, each.expect)) told.push(each.name);
      if (told.length > 0) break;
    }
    expect(told).not.toEqual([]);
  });
});
