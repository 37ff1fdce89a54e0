import { canonicalJson } from '../../runtime/snapshot/canonical-json.ts';
import type { Head, HeadPayload } from '../../runtime/snapshot/head.ts';
import { type GetObjects, isHash, SnapshotError } from '../../runtime/snapshot/object.ts';
import type { Publish } from '../../schemas/policies.ts';
import { list } from '../report/list.ts';
import { plural } from '../report/plural.ts';
import { type Evidence, isEvidence } from '../verify/evidence.ts';
import type { ExaminedHead } from './examine-heads.ts';
import { failed, ok, type ProofLine, unprovable } from './proof-line.ts';
import type { Besides } from './prove-origin.ts';
import { type EnvironmentPolicy, environmentOf } from './prove-release.ts';
import { readBeside } from './read-beside.ts';
import { STABLE } from './read-stable.ts';
import { isRollbackReason } from './rollback-reason.ts';

/** A range as it verifies today, why it does not, or why that cannot be found out here. */
export type ProvenAgain =
  | { outcome: 'verified'; evidence: Evidence }
  | { outcome: 'unapproved'; message: string }
  | { outcome: 'unknown'; because: string };

export interface ApprovalTools {
  /** What a commit says about where releases go; undefined where it is not in this clone. */
  policy(commit: string): Promise<{ publish: Publish | undefined } | undefined>;
  /**
   * Verifies the commits of an evidence once more, as they were verified then: by what was said until `until`, and
   * with days of commits believed from `since` on. Both in milliseconds since 1970.
   */
  proveAgain(
    evidence: Evidence,
    policy: EnvironmentPolicy,
    between: { since: number; until: number },
  ): Promise<ProvenAgain>;
}

const APPROVALS = 'approvals';
const BROUGHT_BACK = 'brings back what was in force, under the approvals of then';

/** Proves that what a release publishes was approved, as its evidence says. `before`: the heads before it, newest first. */
export async function proveApprovals(
  tools: ApprovalTools,
  get: GetObjects,
  { payload }: Head,
  before: readonly ExaminedHead[],
  besides: Pick<Besides, 'of'>,
): Promise<ProofLine> {
  const ours = before.flatMap(({ head, because, fault }) => (head && !because && !fault ? [head.payload] : []));
  const origin = originOf(payload, ours);
  const earlier = isOfCanary(origin)
    ? (await besides.of(STABLE)).filter(({ issuedAt }) => Date.parse(issuedAt) <= Date.parse(origin.issuedAt))
    : ours.filter((each) => each.n < origin.n || each.epoch < origin.epoch);
  if (isHash(payload.evidence)) {
    const published: Published = (channel) => (channel === origin.channel ? ours : besides.of(channel));
    return proveEvidence(tools, get, origin, earlier, published);
  }
  if (payload.evidence === 'bootstrap')
    return earlier.length === 0 || payload.kind === 'rollback'
      ? ok(APPROVALS, 'the first release: there was nothing to hold it against (bootstrap)')
      : failed(APPROVALS, 'it says that it is the first release, and there are earlier ones');
  if (origin.kind === 'rollback' || origin.kind === 'abort') return ok(APPROVALS, BROUGHT_BACK);
  const by = earlier[0]?.commit ?? payload.commit;
  const said = (await tools.policy(by)) ?? undefined;
  if (!said)
    return unprovable(
      APPROVALS,
      `commit ${short(by)}, which says whether approvals are verified, is not in this clone`,
    );
  const verify = environmentOf(said.publish, payload.env)?.verify ?? 'none';
  return verify === 'none'
    ? unprovable(APPROVALS, 'this environment verifies none')
    : failed(APPROVALS, `it has no evidence, and the environment verifies approvals (verify: ${verify})`);
}

const short = (commit: string): string => commit.slice(0, 12);

/** What a canary says was proven from what everybody had. */
const isOfCanary = ({ channel, kind, canary }: HeadPayload): boolean =>
  channel !== STABLE && (canary !== undefined || kind === 'promote' || kind === 'abort');

/** The release that a run of refreshes goes on with. */
function originOf(payload: HeadPayload, before: readonly HeadPayload[]): HeadPayload {
  return payload.kind === 'refresh' ? (before.find(({ kind }) => kind !== 'refresh') ?? payload) : payload;
}

async function proveEvidence(
  tools: ApprovalTools,
  get: GetObjects,
  origin: HeadPayload,
  earlier: readonly HeadPayload[],
  publishedIn: Published,
): Promise<ProofLine> {
  const hash = origin.evidence;
  let object: unknown;
  try {
    object = await readBeside({ get: async (hashes) => new Map(await get(hashes)) }, hash);
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    return failed(APPROVALS, error.message, [{ hash, what: error.message }]);
  }
  if (isRollbackReason(object))
    return origin.kind === 'rollback'
      ? ok(APPROVALS, BROUGHT_BACK)
      : failed(APPROVALS, 'its evidence says why something was brought back, and it brings nothing back', [
          { hash, what: 'evidence of something else' },
        ]);
  if (!isEvidence(object)) return unprovable(APPROVALS, 'a later version wrote its evidence');
  const evidence = object;
  const wrong = wrongPlace(evidence, origin);
  if (wrong) return failed(APPROVALS, `its evidence is of ${wrong}`, [{ hash, what: 'evidence of something else' }]);
  const { from } = evidence;
  const base = earlier.find(({ commit, kind }) => commit === from && kind !== 'refresh');
  const said = await tools.policy(from);
  if (!said) return unprovable(APPROVALS, `commit ${short(from)}, from which on it was verified, is not in this clone`);
  const policy =
    environmentOf(said.publish, origin.env) ?? environmentOf((await tools.policy(origin.commit))?.publish, origin.env);
  if ((policy?.verify ?? 'none') === 'none' || !policy)
    return unprovable(
      APPROVALS,
      `its evidence is there, and commit ${short(from)} does not say where approvals are looked up`,
    );
  const until = Date.parse(await provenAt(origin, evidence.channel, publishedIn));
  const again = await tools.proveAgain(evidence, policy, { since: base ? Date.parse(base.issuedAt) : 0, until });
  if (again.outcome === 'unknown') return unprovable(APPROVALS, `its evidence is there: ${again.because}`);
  if (again.outcome === 'unapproved') return failed(APPROVALS, `it does not verify any more: ${again.message}`);
  const apart = differing(evidence, again.evidence);
  if (apart.length > 0)
    return failed(APPROVALS, `approvals are not what they were for ${list(apart.map(short))}`, [
      { hash, what: 'evidence that does not come out the same again' },
    ]);
  const gap = base ? '' : ', which is no release of this store';
  return ok(
    APPROVALS,
    `${plural(evidence.commits.length, 'commit')} since ${short(from)}${gap}, approved as its evidence says`,
  );
}

type Published = (channel: string) => readonly HeadPayload[] | Promise<readonly HeadPayload[]>;

/** A canary that is promoted was proven when it was published. */
async function provenAt(
  { kind, evidence, issuedAt }: HeadPayload,
  channel: string,
  publishedIn: Published,
): Promise<string> {
  if (kind !== 'promote') return issuedAt;
  const published = await publishedIn(channel);
  return published.find((each) => each.kind === 'publish' && each.evidence === evidence)?.issuedAt ?? issuedAt;
}

function wrongPlace(evidence: Evidence, origin: HeadPayload): string | undefined {
  if (evidence.to !== origin.commit) return `commit ${short(evidence.to)}`;
  // A canary that is promoted keeps the evidence it was published with.
  const fields = origin.kind === 'publish' ? (['repo', 'env', 'channel'] as const) : (['repo', 'env'] as const);
  const wrong = fields.find((field) => evidence[field] !== origin[field]);
  return wrong && `another ${wrong === 'repo' ? 'repository' : wrong === 'env' ? 'environment' : 'channel'}`;
}

/** Commits whose approvals come out otherwise, or that only one of both knows; the last one where nothing else differs. */
function differing(then: Evidence, now: Evidence): string[] {
  if (canonicalJson(then) === canonicalJson(now)) return [];
  const texts = ({ commits }: Evidence) => new Map(commits.map((each) => [each.commit, canonicalJson(each)]));
  const [before, after] = [texts(then), texts(now)];
  const apart = [...new Set([...before.keys(), ...after.keys()])].filter(
    (commit) => before.get(commit) !== after.get(commit),
  );
  return apart.length > 0 ? apart : [then.to];
}
