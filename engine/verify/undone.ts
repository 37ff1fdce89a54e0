import { customerAt } from '../customer-at.ts';
/** Whether what a commit did is taken back further on, so that nothing of it would be published. */

import { findItems } from '../approve/find-items.ts';
import { isError } from '../diagnostic.ts';
import type { World } from '../model.ts';
import type { ChangeSet } from '../review/change-set.ts';
import { type JudgedCommit, type JudgeTools, needsOf, policyFault } from './judge-commit.ts';
import { type Trace, tracesOf } from './traces-of.ts';
import { isCompared } from './uncompared.ts';

/**
 * Takes a stretch of the branch as one change, from before the commit in question to the end of a commit that is
 * approved, and asks whether approved commits alone account for all of it. The policy is the one before the stretch:
 * what was merged meanwhile may have been judged by a policy nobody had approved. Empty where everything is accounted
 * for; else what is not, in words.
 *
 * Where the faulty commits touched only customers' own files, only those customers are looked at: nothing else can
 * have been judged wrongly because of them.
 */
export async function unaccounted(
  stretch: readonly JudgedCommit[],
  { trees, check }: Pick<JudgeTools, 'trees' | 'check'>,
): Promise<string[]> {
  const [first, last] = [stretch[0], stretch.at(-1)];
  if (!first || !last) return [];
  const whole = await trees.change(first.base, last.commit.id, last.at);
  const lacking = policyFault(whole);
  if (lacking) return [lacking.because];
  if (!isCompared(whole)) return ['terms that cannot be read'];

  const faulty = stretch.filter(({ faults }) => faults.length > 0);
  const isShared = faulty.some(
    ({ change, faults }) =>
      faults.some(({ kind }) => kind === 'noPolicy') || change.files.some(({ path }) => customerAt(path) === undefined),
  );
  const touched = new Set(faulty.flatMap(({ change }) => customersOf(change)));
  const matters = (customer: string | undefined): boolean =>
    isShared || (customer !== undefined && touched.has(customer));

  const approved = new Set<string>();
  const answered = new Map<string, Answer>();
  for (const judged of stretch) {
    const { items, traces } = await accountOf(judged, isShared ? whole.base.model.world : undefined);
    for (const id of items) approved.add(id);
    for (const { place, key } of traces)
      answered.set(place, { by: judged, keys: (answered.get(place)?.keys ?? new Set()).add(key) });
  }

  const where = ({ customer, path }: { customer?: string; path: string }) => [customer, path].filter(Boolean).join(' ');
  const items = findItems(whole).filter(({ kind, id }) => kind !== 'blast' && !approved.has(id));
  const effects = tracesOf(whole).filter(({ place, key }) => !answered.get(place)?.keys.has(key));
  const lost = await overwritten(stretch, answered, trees);
  const found = [...whole.diff.diagnostics, ...check(whole)].filter(isError);
  return [
    ...new Set([...items, ...effects, ...lost].filter(({ customer }) => matters(customer)).map(where)),
    ...found.filter(({ at }) => matters(customerAt(at.path))).map(({ message }) => message),
  ];
}

/** What approved commits did at one place, and the last of them. */
interface Answer {
  by: JudgedCommit;
  keys: Set<string>;
}

/** What an approved commit did and a faulty one changed again: taking away what was approved is an effect like any other. */
async function overwritten(
  stretch: readonly JudgedCommit[],
  answered: ReadonlyMap<string, Answer>,
  trees: JudgeTools['trees'],
): Promise<Trace[]> {
  const last = stretch.at(-1) as JudgedCommit;
  const places = new Map<JudgedCommit, Set<string>>();
  for (const [index, { change, faults }] of stretch.entries())
    for (const { place } of faults.length > 0 ? tracesOf(change) : []) {
      const by = answered.get(place)?.by;
      if (by && stretch.indexOf(by) < index) places.set(by, (places.get(by) ?? new Set()).add(place));
    }
  const lost: Trace[] = [];
  for (const [by, own] of places) {
    const since = tracesOf(await trees.change(by.commit.id, last.commit.id, last.at));
    lost.push(...since.filter(({ place }) => own.has(place)));
  }
  return lost;
}

const customersOf = ({ diff, files }: ChangeSet): string[] => [
  ...diff.customers.map(({ customer }) => customer),
  ...files.flatMap(({ path }) => customerAt(path) ?? []),
];

/** What an approved commit answers for by the policy given: ids of items, and effects. */
async function accountOf(
  { change, provenance, faults, needs }: JudgedCommit,
  trusted: World | undefined,
): Promise<{ items: readonly string[]; traces: readonly Trace[] }> {
  if (!faults.every(({ kind }) => kind === 'notCompared')) return { items: [], traces: [] };
  const judged =
    trusted && provenance ? await needsOf(findItems(judgedBy(trusted, change)), trusted, provenance) : needs;
  const satisfied = judged.filter((need) => need.satisfied);
  return { items: satisfied.flatMap(({ items }) => items.map(({ id }) => id)), traces: tracesOf(change) };
}

const judgedBy = ({ approvals, approvers, checks }: World, change: ChangeSet): ChangeSet => {
  const { model } = change.base;
  return {
    ...change,
    base: { ...change.base, model: { ...model, world: { ...model.world, approvals, approvers, checks } } },
  };
};
