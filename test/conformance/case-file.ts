import type { HeadCase } from './head-case.ts';
import { headCases } from './head-cases.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** One case as `conformance/heads/cases.json` holds it; byte strings in base64. */
export interface PublishedCase {
  name: string;
  attack: string;
  /** Hash of an envelope in `objects`; null: the reader takes unsigned heads. */
  pinned: string | null;
  /** Hashes of what the store has. */
  has: readonly string[];
  /** What the store answers under other hashes. */
  damaged: Readonly<Record<string, string>>;
  best: HeadCase['best'] | null;
  now: string;
  place: { env: string; channel: string };
  reader: number;
  envelope: string;
  expect: { verdict: string; reason?: string; alarms?: readonly string[]; trust?: string };
}

export interface PublishedCases {
  v: 1;
  cases: readonly PublishedCase[];
  objects: Readonly<Record<string, string>>;
}

/** The text of `conformance/heads/cases.json`: a case a line, and every keyset they speak of once. */
export function caseFile(): string {
  const objects = new Map<string, string>();
  const keep = ({ hash, bytes }: { hash: string; bytes: Uint8Array }): string => {
    objects.set(hash, base64(bytes));
    return hash;
  };
  const cases = headCases.map((each): PublishedCase => {
    const { expect } = each;
    return {
      name: each.name,
      attack: each.attack,
      pinned: each.pinned && keep(each.pinned),
      has: (each.objects ?? []).map(keep),
      damaged: Object.fromEntries(Object.entries(each.damaged ?? {}).map(([hash, bytes]) => [hash, base64(bytes)])),
      best: each.best ?? null,
      now: each.now ?? '2026-06-03T00:30:00.000Z',
      place: each.place ?? { env: 'production', channel: 'stable' },
      reader: each.reader ?? 1,
      envelope: base64(each.envelope),
      expect:
        expect.verdict === 'refuse'
          ? expect
          : {
              verdict: expect.verdict,
              alarms: expect.alarms ?? [],
              ...(each.pinned && { trust: keep(expect.trust ?? namedInHead(each)) }),
            },
    };
  });
  const lines = (values: readonly string[]): string => values.map((line) => `\n${line}`).join(',');
  return `{"v":1,"cases":[${lines(cases.map((one) => JSON.stringify(one)))}\n],"objects":{${lines([...objects].sort().map(([hash, bytes]) => `"${hash}":"${bytes}"`))}\n}}\n`;
}

/** Where a case says nothing else, a reader goes on trusting the keyset the head names. */
function namedInHead({ envelope, pinned, objects = [] }: HeadCase): { hash: string; bytes: Uint8Array } {
  const { payload } = JSON.parse(envelope.toString()) as { payload: string };
  const { keyset } = JSON.parse(Buffer.from(payload, 'base64').toString()) as { keyset: string };
  const found = [pinned, ...objects].find((each) => each?.hash === keyset);
  if (!found) throw new Error(`no case has keyset ${keyset}`);
  return found;
}
