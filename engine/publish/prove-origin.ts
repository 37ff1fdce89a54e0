import type { HeadPayload } from '../../runtime/snapshot/head.ts';
import { failed, ok, type ProofLine } from './proof-line.ts';
import { STABLE } from './read-stable.ts';

/** Heads of other channels of the environment, newest first, those that are ours. */
export interface Besides {
  of(channel: string): Promise<readonly HeadPayload[]>;
  /** Of every channel but the one that is proven. */
  all(): Promise<readonly HeadPayload[]>;
}

const CONTENT = ['root', 'commit', 'count'] as const;
const PROMOTED = [...CONTENT, 'evidence', 'policyDigest'] as const;

const same = (one: HeadPayload, other: HeadPayload, fields: readonly (keyof HeadPayload)[]): boolean =>
  fields.every((field) => JSON.stringify(one[field]) === JSON.stringify(other[field]));

const right = (message: string): ProofLine => ok('origin', message);
const wrong = (message: string): ProofLine => failed('origin', message);

/** Proves that a release is what its kind says of the heads before it: `before`, newest first, those that are ours. */
export async function proveOrigin(
  payload: HeadPayload,
  before: readonly HeadPayload[],
  besides: Besides,
): Promise<ProofLine[]> {
  const [previous] = before;
  switch (payload.kind) {
    case 'rollback':
      return [proveRollback(payload, before)];
    case 'refresh':
      return [proveRefresh(payload, previous)];
    case 'promote':
      return [
        payload.channel === STABLE
          ? await provePromotion(payload, previous, besides)
          : proveEnd(payload, previous, await besides.of(STABLE)),
      ];
    case 'abort':
      return [proveEnd(payload, previous, await besides.of(STABLE))];
    default:
      return payload.canary ? [proveCanary(payload, payload.canary.over, await besides.of(STABLE))] : [];
  }
}

function proveRollback(payload: HeadPayload, before: readonly HeadPayload[]): ProofLine {
  const origin = before.find((each) => same(each, payload, CONTENT));
  return origin ? right(`brings back release ${origin.n}`) : wrong('it is a rollback to what was never in force');
}

function proveRefresh(payload: HeadPayload, previous: HeadPayload | undefined): ProofLine {
  if (!previous) return wrong('it refreshes what is not there');
  return same(previous, payload, [...PROMOTED, 'releaseHold', 'canary'])
    ? right(`is release ${previous.n}, refreshed`)
    : wrong(`it is a refresh, and not what release ${previous.n} was`);
}

async function provePromotion(
  payload: HeadPayload,
  previous: HeadPayload | undefined,
  besides: Besides,
): Promise<ProofLine> {
  const origin = (await besides.all()).find(
    ({ canary, ...rest }) => canary && canary.over === previous?.root && same(rest, payload, PROMOTED),
  );
  return origin
    ? right(`is release ${origin.n} of ${origin.channel}, a canary over release ${previous?.n}, for everybody`)
    : wrong(`it promotes what was no canary over ${previous ? `release ${previous.n}` : 'anything'}`);
}

/** A head that ends a canary says what everybody has: the canary itself where it was promoted. */
function proveEnd(payload: HeadPayload, previous: HeadPayload | undefined, stable: readonly HeadPayload[]): ProofLine {
  if (!previous?.canary) return wrong('it ends a canary, and none was out');
  const isPromotion = payload.kind === 'promote';
  if (isPromotion && !same(previous, payload, PROMOTED))
    return wrong(`it ends a canary, and is not what release ${previous.n} was`);
  const everybody = stable.find((each) => same(each, payload, CONTENT));
  if (!everybody) return wrong('it ends a canary with what was never in force for everybody');
  return right(
    isPromotion
      ? `ends canary ${previous.n}, which is release ${everybody.n} for everybody`
      : `ends canary ${previous.n}: its readers have release ${everybody.n} again`,
  );
}

function proveCanary(payload: HeadPayload, over: string, stable: readonly HeadPayload[]): ProofLine {
  const everybody = stable.find(({ root, releaseHold }) => root === over && releaseHold === payload.releaseHold);
  return everybody
    ? right(`a canary over release ${everybody.n}`)
    : wrong('it is a canary over what was never in force for everybody');
}
