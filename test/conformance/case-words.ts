import { headType } from '../../runtime/snapshot/head.ts';
import type { HeadCase } from './head-case.ts';
import { head, keyset, type Made, named, signAs } from './head-world.ts';

export const one = keyset({ version: 1, prev: null });
export const two = keyset({ version: 2, prev: one });
export const three = keyset({ version: 3, prev: two });
export const usual = head({ of: one });
export const payloadOf = ({ bytes }: Made): string => JSON.parse(bytes.toString()).payload;
export const hashOf = (made: Made, n = 7, epoch = 1) => ({ epoch, n, hash: made.hash });
export const refuse = (reason: Extract<HeadCase['expect'], { reason: unknown }>['reason']) =>
  ({ verdict: 'refuse', reason }) as const;
export const accept = { verdict: 'accept' } as const;

export const row = (
  attack: string,
  name: string,
  envelope: Made | Buffer,
  expect: HeadCase['expect'],
  more: Partial<HeadCase> = {},
): HeadCase => ({
  attack,
  name,
  pinned: one,
  envelope: 'bytes' in envelope ? envelope.bytes : envelope,
  expect,
  ...more,
});

/** 1 … 258, one after another. */
export const long: Made[] = [];
for (let version = 1; version <= 258; version += 1)
  long.push(keyset({ version, prev: long.at(-1) ?? null, roots: ['root a'], heads: ['head'] }));
export const longHead = (version: number): Made => head({ of: long[version - 1], epoch: version, by: ['head'] });

export const many = keyset({ version: 1, prev: null, roots: ['root a', 'root b', 'root c'], threshold: 2 });
export const anyOfThree = keyset({ version: 1, prev: null, roots: ['root a', 'root b', 'root c'], threshold: 1 });
export const next = (of: Made, words: object): Made =>
  keyset({ version: 2, prev: of, roots: ['root a', 'root b', 'root c'], threshold: 2, ...words });
export const after = (made: Made): [Made, Partial<HeadCase>] => [head({ of: made, epoch: 2 }), { objects: [made] }];

/** A keyset of version 2 after `of`, made as these words say, and the head it signs. */
export function rotation(name: string, of: Made, words: object, reason?: 'keyset', attack = 'rotation'): HeadCase {
  const made = next(of, words);
  const [envelope, more] = after(made);
  return row(attack, name, envelope, reason ? refuse(reason) : { ...accept, trust: made }, { pinned: of, ...more });
}

export const flipped = (made: Made): Buffer => {
  const outer = JSON.parse(made.bytes.toString());
  const sig = Buffer.from(outer.signatures[0].sig, 'base64');
  sig[0] = (sig[0] as number) ^ 1;
  return Buffer.from(
    JSON.stringify({ ...outer, signatures: [{ ...outer.signatures[0], sig: sig.toString('base64') }] }),
  );
};
export const resigned = (
  made: Made,
  change: (signature: { keyid: string; sig: string }) => readonly object[],
): Buffer => {
  const outer = JSON.parse(made.bytes.toString());
  return Buffer.from(JSON.stringify({ ...outer, signatures: change(outer.signatures[0]) }));
};
export const replaced = (made: Made, more: object): Buffer =>
  Buffer.from(JSON.stringify({ ...JSON.parse(made.bytes.toString()), ...more }));
export const changed = (more: object): Buffer =>
  replaced(usual, {
    payload: Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(payloadOf(usual), 'base64').toString()), ...more }),
    ).toString('base64'),
  });
export const lasting = keyset({ version: 2, prev: one, more: { expires: '2029-01-01T00:00:00.000Z' } });
export const nobody = keyset({ version: 2, prev: one, heads: [] });
export const twoBytes = Buffer.from(payloadOf(two), 'base64');
export const confused = named(
  replaced(two, { signatures: ['root a', 'root b'].map((root) => signAs(root, headType, twoBytes)) }),
);
export const padded = (size: number): Made => {
  const bare = head({ of: one }, { later: '' }).bytes.length;
  let pad = Math.floor(((size - bare) * 3) / 4);
  for (;;) {
    const made = head({ of: one }, { later: 'x'.repeat(pad) });
    if (made.bytes.length <= size) return made;
    pad -= 1;
  }
};
