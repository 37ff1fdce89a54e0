import { expect, test } from 'vitest';
import { acceptHead, type Expected } from '../../runtime/snapshot/accept-head.ts';
import { readPinned } from '../../runtime/snapshot/keyset.ts';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { drawFrom, seed, timesFrom } from '../fixtures/release/counts.ts';
import { head, keyset, type Made } from './head-world.ts';

/*
 * Cases are drawn as facts, and a small model says from the facts alone what is to be answered: it knows no bytes, and
 * nothing of the reader.
 */

const CASES = timesFrom('PROVISO_HEADS', 10_000);
const HOUR = 3_600_000;
const NOW = Date.parse('2026-06-03T00:00:00.000Z');

type KeysetFault =
  | 'none'
  | 'skipped'
  | 'otherPrev'
  | 'otherRepo'
  | 'oldRootsMissing'
  | 'ownRootsMissing'
  | 'missing'
  | 'swapped';
type SignerFault = 'none' | 'nobody' | 'stranger' | 'oldHead' | 'root' | 'kept';
type Body = 'good' | 'cut' | 'flipped' | 'large';

/** A chain of keysets: `faults[i]` is what is wrong with the step to version i + 2. */
interface Facts {
  length: number;
  faults: readonly KeysetFault[];
  pinned: number;
  /** Version of the keyset the head names; 0: none. */
  names: number;
  epoch: number;
  signer: SignerFault;
  body: Body;
  repo: boolean;
  env: boolean;
  channel: boolean;
  minReader: number;
  n: number;
  best?: { epoch: number; n: number; isSame: boolean };
  issued: number;
  fresh: number;
  keysEnd: number;
}

/** What is to be answered, from the facts. */
function model(facts: Facts): string {
  const { pinned, names, epoch, signer, body, best } = facts;
  if (body === 'cut' || body === 'large') return 'form';
  if (names === 0) return 'unsigned';
  if (epoch < pinned) return 'oldKeys';
  if (names < pinned || epoch !== names) return 'keyset';
  for (let version = pinned + 1; version <= names; version += 1)
    if (facts.faults[version - 2] !== 'none') return 'keyset';
  const signs = signer === 'none' || signer === 'kept';
  if (!signs || body === 'flipped') return 'signature';
  if (!facts.repo || !facts.env || !facts.channel) return 'otherPlace';
  if (facts.minReader > 1) return 'needsNewerReader';
  const isBefore = best && (epoch < best.epoch || (epoch === best.epoch && facts.n < best.n));
  if (isBefore) return 'older';
  const isLevel = best && epoch === best.epoch && facts.n === best.n;
  if (isLevel && !best.isSame) return 'fork';
  const alarms = [
    facts.issued > 5 / 60 ? 'clock' : '',
    facts.fresh < 0 ? 'stale' : '',
    facts.keysEnd < 0 ? 'keysetExpired' : '',
  ].filter(Boolean);
  return `${isLevel ? 'same' : 'accept'} ${names} ${alarms.join(',')}`;
}

const instant = (hours: number): string => new Date(NOW + hours * HOUR).toISOString();
const rootsOf = (version: number): string[] => [`r${version >> 1} a`, `r${version >> 1} b`];
const made = new Map<string, Made>();

/** Keysets are made once: what they say follows from version, what came before, fault and end. */
function keysetOf(version: number, before: Made | null, fault: KeysetFault, keysEnd: number): Made {
  const key = [version, before?.hash, fault, keysEnd].join(' ');
  const known = made.get(key);
  if (known) return known;
  const [own, old] = [rootsOf(version), version === 1 ? [] : rootsOf(version - 1)];
  const by = [
    ...new Set([...(fault === 'ownRootsMissing' ? ['stranger'] : own), ...(fault === 'oldRootsMissing' ? [] : old)]),
  ];
  const isShared = own[0] === old[0];
  const signers = isShared && (fault === 'ownRootsMissing' || fault === 'oldRootsMissing') ? ['stranger'] : by;
  const one = keyset({
    version: fault === 'skipped' ? version + 1 : version,
    prev: before,
    roots: own,
    heads: [`head ${version}`, `kept ${version}`],
    by: signers,
    more: {
      expires: instant(keysEnd),
      ...(fault === 'otherPrev' && { prev: sha256('another') }),
      ...(fault === 'otherRepo' && { repo: 'globex/terms' }),
    },
  });
  made.set(key, one);
  return one;
}

function drawFacts(draw: () => number): Facts {
  const pick = <T>(...from: T[]): T => from[Math.floor(draw() * from.length)] as T;
  const mostly = <T>(usual: T, ...others: T[]): T => (draw() < 0.85 ? usual : pick(...others));
  const length = 1 + Math.floor(draw() * 5);
  const pinned = 1 + Math.floor(draw() * length);
  const names = mostly(length, 0, ...Array.from({ length }, (_, index) => index + 1));
  const epoch = mostly(names === 0 ? length : names, pick(1, 2, 3, 4, 5, 6));
  const n = 1 + Math.floor(draw() * 4);
  return {
    length,
    // What a reader was given is trusted, whatever came before it.
    faults: Array.from({ length: length - 1 }, (_, index) =>
      index < pinned - 1 || draw() < 0.93
        ? ('none' as const)
        : pick<KeysetFault>(
            'skipped',
            'otherPrev',
            'otherRepo',
            'oldRootsMissing',
            'ownRootsMissing',
            'missing',
            'swapped',
          ),
    ),
    pinned,
    names,
    epoch,
    signer: mostly<SignerFault>(pick('none', 'kept'), 'nobody', 'stranger', 'oldHead', 'root'),
    body: mostly<Body>('good', 'cut', 'flipped', 'large'),
    repo: draw() < 0.95,
    env: draw() < 0.95,
    channel: draw() < 0.95,
    minReader: mostly(1, 0, 2, 9),
    n,
    ...(draw() < 0.7 && {
      best: { epoch: mostly(epoch, epoch + 1, Math.max(0, epoch - 1)), n: pick(1, 2, 3, 4), isSame: draw() < 0.5 },
    }),
    issued: pick(-1, 0, 0.05, 0.1, 24),
    fresh: pick(24, 0, -0.001, -24),
    keysEnd: pick(8760, 8760, 0, -1),
  };
}

/** The bytes of the facts: what the store has, and the head. */
function bytesOf(facts: Facts): { chain: Made[]; objects: Map<string, Buffer>; envelope: Buffer } {
  const chain: Made[] = [];
  const objects = new Map<string, Buffer>();
  for (let version = 1; version <= facts.length; version += 1) {
    const fault = version === 1 ? 'none' : (facts.faults[version - 2] as KeysetFault);
    const one = keysetOf(version, chain.at(-1) ?? null, fault, facts.keysEnd);
    chain.push(one);
    if (fault === 'swapped') objects.set(one.hash, (chain.at(-2) as Made).bytes);
    else if (fault !== 'missing') objects.set(one.hash, one.bytes);
  }
  const { names, epoch, signer } = facts;
  const by: Record<SignerFault, string[]> = {
    none: [`head ${names}`],
    kept: [`kept ${names}`, 'stranger'],
    nobody: [],
    stranger: ['stranger'],
    oldHead: [`head ${names - 1}`],
    root: rootsOf(names),
  };
  const words = {
    n: facts.n,
    repo: facts.repo ? 'acme/terms' : 'globex/terms',
    env: facts.env ? 'production' : 'staging',
    channel: facts.channel ? 'stable' : 'canary',
    schema: { writes: 1, minReader: facts.minReader },
    issuedAt: instant(facts.issued),
    staleAfter: instant(facts.fresh),
    ...(facts.body === 'large' && { later: 'x'.repeat(13_000) }),
  };
  const { bytes } = head({ of: chain[names - 1], epoch, by: by[signer] }, words);
  if (facts.body === 'cut') return { chain, objects, envelope: bytes.subarray(0, bytes.length - 1 - (facts.n % 40)) };
  if (facts.body !== 'flipped') return { chain, objects, envelope: bytes };
  const outer = JSON.parse(bytes.toString()) as { signatures: { keyid: string; sig: string }[] };
  const signatures = outer.signatures.map(({ keyid, sig }) => {
    const flipped = Buffer.from(sig, 'base64');
    flipped[facts.n] = (flipped[facts.n] as number) ^ 4;
    return { keyid, sig: flipped.toString('base64') };
  });
  return { chain, objects, envelope: Buffer.from(JSON.stringify({ ...outer, signatures })) };
}

test(`${CASES} heads are judged as the model says (seed ${seed})`, { timeout: 60_000 + CASES * 3 }, async () => {
  const draw = drawFrom(seed);
  const seen = new Map<string, number>();
  for (let round = 0; round < CASES; round += 1) {
    const facts = drawFacts(draw);
    const { chain, objects, envelope } = bytesOf(facts);
    const trusted = chain[facts.pinned - 1] as Made;
    const expected: Expected = {
      env: 'production',
      channel: 'stable',
      trust: readPinned(trusted.bytes),
      reader: 1,
      now: NOW,
      ...(facts.best && {
        best: {
          epoch: facts.best.epoch,
          n: facts.best.n,
          hash: facts.best.isSame ? sha256(envelope) : sha256('another'),
        },
      }),
    };
    const answer = await acceptHead(
      envelope,
      expected,
      async (hashes) =>
        new Map(hashes.flatMap((hash) => (objects.has(hash) ? [[hash, objects.get(hash) as Buffer]] : []))),
    );
    const said =
      answer.verdict === 'refuse'
        ? answer.reason
        : `${answer.verdict} ${answer.trust === 'unsigned' ? 0 : answer.trust.payload.version} ${answer.alarms.join(',')}`;
    const wanted = model(facts);
    if (said !== wanted)
      throw new Error(
        `case ${round} of seed ${seed}: ${said} where the model says ${wanted}\n${JSON.stringify(facts)}`,
      );
    const kind = said.split(' ')[0] as string;
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
  }
  for (const kind of 'accept same form unsigned oldKeys keyset signature otherPlace needsNewerReader older fork'.split(
    ' ',
  ))
    expect(seen.get(kind) ?? 0, kind).toBeGreaterThan(0);
  expect((seen.get('accept') ?? 0) + (seen.get('same') ?? 0)).toBeGreaterThan(CASES / 10);
});
