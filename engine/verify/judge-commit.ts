import { isDeepStrictEqual } from 'node:util';
import type { Day } from '../../runtime/terms/timeline.ts';
import { kinds } from '../../schemas/kinds.ts';
import type { ApprovalNeed, Authorship, Item } from '../approve/approval.ts';
import { approvalPolicy } from '../approve/approval-policy.ts';
import { findItems } from '../approve/find-items.ts';
import { isMachinery } from '../approve/is-machinery.ts';
import { lineKind } from '../approve/line-kind.ts';
import { subjectsOf } from '../approve/subjects-of.ts';
import { verdictOf } from '../approve/verdict-of.ts';
import { customerAt } from '../customer-at.ts';
import { type Diagnostic, isError } from '../diagnostic.ts';
import type { World } from '../model.ts';
import { list } from '../report/list.ts';
import type { ChangeSet } from '../review/change-set.ts';
import { type AsReviewed, asReviewed, type Binding } from './as-reviewed.ts';
import type { MainCommit } from './main-commit.ts';
import type { Provenance, ProvenanceOf } from './provenance.ts';
import type { Trees } from './trees.ts';
import { isCompared, uncomparedCustomers } from './uncompared.ts';

/** Why a commit may not be published as it is. */
export interface Fault {
  /** The first four are for people to allow afterwards; the rest is wrong whoever allows it. */
  kind: 'noPullRequest' | 'notApproved' | 'mixed' | 'notAsReviewed' | 'check' | 'notCompared' | 'noPolicy';
  /** The end of a sentence about the commit: `was pushed without a pull request`. */
  because: string;
}

export interface JudgedCommit {
  commit: MainCommit;
  /** What the branch was before it. */
  base: string;
  at: Day;
  change: ChangeSet;
  authorship: Authorship;
  /** The one that vouches for it; the best there is where none is enough. */
  provenance?: Provenance;
  needs: readonly ApprovalNeed[];
  /** What was reviewed and what is published, where they had to be held against each other. */
  binding?: Binding;
  faults: readonly Fault[];
}

export interface JudgeTools {
  trees: Trees;
  provenanceOf: ProvenanceOf;
  /** What the checks find in a change. */
  check(change: ChangeSet): readonly Diagnostic[];
}

/** Holds one commit of the published branch against the policy of what the branch was before it. */
export async function judgeCommit(
  commit: MainCommit,
  base: string,
  { trees, provenanceOf, check }: JudgeTools,
): Promise<JudgedCommit> {
  const proven = await provenanceOf(commit, base);
  const ways = 'because' in proven ? [] : proven;
  const { at, authorship } = 'because' in proven ? proven : (proven[0] as Provenance);
  const change = await trees.change(base, commit.id, at);
  const about = { commit, base, at, authorship };
  const lacking = policyFault(change);
  if (lacking) return { ...about, change, needs: [], faults: [lacking] };

  const items = findItems(change);
  const reviewed = (provenance: Provenance) => asReviewed({ commit, base, change }, provenance, trees);
  const best = await bestOf(ways, items, change.base.model.world, reviewed);
  const faults: Fault[] = [];
  if ('because' in proven && (items.length > 0 || !isEffectless(change)))
    faults.push({ kind: 'noPullRequest', because: proven.because });
  const needs = best?.needs ?? verdictOf(items, change.base.model.world, [], authorship);
  const open = needs.filter(({ satisfied }) => !satisfied);
  if (best && open.length > 0) faults.push({ kind: 'notApproved', because: whyOpen(open) });
  if (best?.as.because) faults.push({ kind: 'notAsReviewed', because: best.as.because });
  if (mixes(change))
    faults.push({ kind: 'mixed', because: 'changes customers together with policies, schemas, code or workflows' });
  const found = [...change.diff.diagnostics, ...check(change)].filter(isError);
  if (found.length > 0) faults.push({ kind: 'check', because: whyChecked(found) });
  if (!isCompared(change)) faults.push({ kind: 'notCompared', because: whyUncompared(change) });
  return {
    ...about,
    change,
    ...(best && { provenance: best.provenance, at: best.provenance.at }),
    needs,
    ...(best?.as.binding && { binding: best.as.binding }),
    faults,
  };
}

interface Best {
  provenance: Provenance;
  needs: readonly ApprovalNeed[];
  as: AsReviewed;
}

/** Approvals of several pull requests are not added up: each was given to the whole, and to what that one does. */
async function bestOf(
  ways: readonly Provenance[],
  items: readonly Item[],
  world: World,
  reviewed: (provenance: Provenance) => Promise<AsReviewed>,
): Promise<Best | undefined> {
  let best: (Best & { isApproved: boolean }) | undefined;
  for (const provenance of ways) {
    const needs = await needsOf(items, world, provenance);
    const isApproved = needs.every(({ satisfied }) => satisfied);
    if (best && !isApproved) continue;
    const as = await reviewed(provenance);
    if (isApproved && !as.because) return { provenance, needs, as };
    if (!best || (isApproved && !best.isApproved)) best = { provenance, needs, as, isApproved };
  }
  return best;
}

/** What the items still need under a policy, given what was said. */
export const needsOf = async (
  items: readonly Item[],
  world: World,
  { reviews, authorship }: Provenance,
): Promise<ApprovalNeed[]> => verdictOf(items, world, await reviews(subjectsOf(items)), authorship);

/** Why nothing can be judged by the policy of the base: there is none, or it is not one that guards itself. */
export function policyFault({ base }: ChangeSet): Fault | undefined {
  const lacking = policyLacks(base.model.world);
  return lacking === undefined ? undefined : { kind: 'noPolicy', because: `follows a commit in which ${lacking}` };
}

/** What a policy lacks to be judged by, as a sentence; undefined where it lacks nothing. */
export function policyLacks(world: World): string | undefined {
  const policy = approvalPolicy(world);
  if (policy === 'missing') return `there is no ${kinds.approvals.files.path}`;
  if (policy === 'unreadable' || world.unread.has(kinds.approvers.files.path))
    return 'the approval policy cannot be read';
  if (world.approvals?.data.lines.some(({ when }) => lineKind(when) === 'machinery')) return undefined;
  return `no line of ${kinds.approvals.files.path} asks about machinery, so that anybody could change the policy itself`;
}

/** Nothing that is ever read as terms, rules or code has changed: a sentence in the docs, a comment, the order of keys. */
function isEffectless({ diff, files, base, head }: ChangeSet): boolean {
  if (diff.customers.length > 0) return false;
  return files.every(({ path }) => {
    if (isMachinery(path)) return false;
    const room = /^(customers|plans)\/.*\.yaml$/.exec(path)?.[1];
    if (room === undefined) return true;
    const [before, after] = [base, head].map(({ model }) =>
      [...(room === 'customers' ? model.customers : model.world.plans).values()].find(
        ({ document }) => document.path === path,
      ),
    );
    return before !== undefined && after !== undefined && isDeepStrictEqual(before.data, after.data);
  });
}

const mixes = ({ files }: ChangeSet): boolean =>
  files.some(({ path }) => isMachinery(path)) && files.some(({ path }) => customerAt(path) !== undefined);

function whyOpen(open: readonly ApprovalNeed[]): string {
  const refused = [...new Set(open.flatMap(({ refusedBy }) => refusedBy))];
  const ignored = open.flatMap((need) =>
    need.ignored.map(({ login, why }) => `the approval of ${login} does not count: ${why}`),
  );
  const parts = [
    `lacks the approval of ${list(open.map((need) => need.label ?? need.class))}`,
    ...(refused.length > 0 ? [`${list(refused)} asked for changes`] : []),
    ...[...new Set(ignored)].slice(0, 3),
  ];
  return parts.join('; ');
}

function whyChecked([first, ...others]: readonly Diagnostic[]): string {
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return `does what a check forbids: ${first?.message} (${first?.rule})${more}`;
}

const whyUncompared = (change: ChangeSet): string => {
  const ids = uncomparedCustomers(change);
  return ids.length === 0
    ? 'leaves plans, policies or settings that cannot be read'
    : `has or follows terms that cannot be read, of ${list(ids.map((id) => `customer ${id}`))}`;
};
