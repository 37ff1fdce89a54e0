import { forEver, previousDay, sinceEver } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import { customerAt } from '../customer-at.ts';
import { type Diagnostic, topOf } from '../diagnostic.ts';
import { ownText } from '../own-text.ts';
import { list } from '../report/list.ts';
import { plural } from '../report/plural.ts';
import { lifeOf, startAttribution } from './attribute-runs.ts';
import { ownPath, type Sides, startCauses } from './causes.ts';
import { compareTimelines, type Run } from './compare-timelines.ts';
import { pathOf } from './describe-edit.ts';
import type { Change, CustomerDiff, Diff, DiffSide } from './diff.ts';
import { directionOf } from './direction-of.ts';
import { findEdits, isSameFile } from './find-edits.ts';
import { isUnderContract, type Learned } from './learned.ts';
import { originOf, type Subject } from './origin-of.ts';
import { type SharedValues, startSharedValues } from './shared-values.ts';

/**
 * What a change really does to every customer, on every day, and what of the edit does it. Both sides hold the customers
 * that `compileSides` compiles, or all. `at` is the day that separates the past from what is shown as a change.
 */
export const diffModels = (base: DiffSide, head: DiffSide, days: { at: Day }): Diff =>
  compareModels(base, head, days).diff;

/** The same, with what was seen on the way. */
export function compareModels(base: DiffSide, head: DiffSide, { at }: { at: Day }): { diff: Diff; learned: Learned } {
  const worlds = [base.model.world, head.model.world] as const;
  const edits = findEdits(...worlds, new Set([...(base.unread ?? []), ...(head.unread ?? [])]));
  const paths = new Map(edits.map((edit) => [edit, pathOf(edit)]));
  const attribute = startAttribution(...worlds, edits);
  const unknown = new Set([...customersIn(base.unread), ...customersIn(head.unread)]);
  const ids = [
    ...new Set([...base.compiled.customers.keys(), ...head.compiled.customers.keys(), ...customersIn(head.unread)]),
  ].sort();
  const shared = startSharedValues();
  const causes = startCauses(edits, ...worlds);
  const underContract = new Set<Change>();
  const excepted = new Set<string>();
  const edited = new Set<string>();
  const customers: CustomerDiff[] = [];
  const gone: Diagnostic[] = [];
  const uncompared: string[] = [];

  for (const id of ids) {
    const [before, after] = [subjectOf(base, id), subjectOf(head, id)];
    const isMissing = (!before || !after) && unknown.has(id);
    if (isMissing || (before && !lifeOf(before)) || (after && !lifeOf(after))) {
      uncompared.push(id);
      continue;
    }
    const runs = compareTimelines(before && lifeOf(before), after && lifeOf(after));
    const own = ownPath({ before, after });
    const doers = before && after ? attribute(before, after, runs) : new Map<Run, []>();
    const changes = runs.map((run): Change => {
      const by = before && after ? doers.get(run)?.map((doer) => (doer === 'own file' ? own : paths.get(doer))) : [own];
      return changeOf(run, before, after, worlds, shared.causes(by as string[]), shared, at);
    });
    const name = ownText((after ?? before)?.entry.data.name ?? id);
    causes.note(id, { before, after }, changes, at);
    if (!isSameFile(before?.entry, after?.entry)) edited.add(id);
    for (const change of changes) if (isUnderContract(before?.compiled.timeline, change)) underContract.add(change);
    if ([before, after].some((side) => side?.entry.data.exceptions?.length)) excepted.add(id);
    customers.push(...customerDiff(id, name, { before, after }, changes));
    gone.push(...vanished(id, { before, after }));
  }

  return {
    diff: {
      at,
      base: base.name,
      head: head.name,
      customers,
      causes: causes.all(),
      diagnostics: [...gone, ...notCompared(uncompared, [head, base])],
    },
    learned: { edited, excepted, underContract },
  };
}

/** The ids of customers whose file is among these paths. */
const customersIn = (paths: Iterable<string> = []): string[] => [...paths].flatMap((path) => customerAt(path) ?? []);

function subjectOf({ model, compiled }: DiffSide, id: string): Subject | undefined {
  const [entry, customer] = [model.customers.get(id), compiled.customers.get(id)];
  return entry && customer && { entry, compiled: customer, world: model.world };
}

function changeOf(
  run: Run,
  before: Subject | undefined,
  after: Subject | undefined,
  [base, head]: readonly [DiffSide['model']['world'], DiffSide['model']['world']],
  causes: readonly string[],
  shared: SharedValues,
  at: Day,
): Change {
  const { path, from, to, start, end } = run;
  const isPast = end <= at;
  const day = !isPast && start < at ? at : start;
  return {
    path,
    from,
    to,
    effective: start === sinceEver ? null : start,
    ...(end !== forEver && { until: previousDay(end) }),
    ...(isPast && { past: true }),
    direction: directionOf(run, base, head),
    origin: shared.origin(
      before && from !== null ? originOf(path, before, day) : null,
      after && to !== null ? originOf(path, after, day) : null,
    ),
    causes,
  };
}

function customerDiff(
  customer: string,
  name: string,
  { before, after }: Sides,
  changes: readonly Change[],
): CustomerDiff[] {
  if (changes.length === 0) return [];
  const isClosed = changes.some(({ path, to, past }) => path === 'stage' && to === 'closed' && !past);
  const kind = !before ? 'added' : !after || isClosed ? 'closed' : 'changed';
  return [{ customer, name, kind, ...(!after && { vanished: true }), changes }];
}

/** A missing file is no decision, unless the customer had been closed before. */
const vanished = (id: string, { before, after }: Sides): Diagnostic[] =>
  after || !before || before.compiled.timeline?.segments.at(-1)?.stage === 'closed'
    ? []
    : [
        {
          rule: 'customer-vanished',
          severity: 'error',
          message: `the file of customer ${id} is gone, and ${id} was never closed`,
          at: topOf(before.entry.document.path),
          help: 'bring the file back; to end a customer, give it the status `closed` and publish: then its file may go',
        },
      ];

const pathsOf = (id: string, { model, unread = new Set() }: DiffSide): string[] => [
  ...(model.customers.has(id) ? [model.customers.get(id)?.document.path ?? ''] : []),
  ...[...unread].filter((path) => customersIn([path])[0] === id),
];

const notCompared = (ids: readonly string[], sides: readonly DiffSide[]): Diagnostic[] => {
  const [first] = ids;
  if (first === undefined) return [];
  return [
    {
      rule: 'not-compared',
      severity: 'note',
      message: `${plural(ids.length, 'customer')} could not be compared, because one side has no valid terms: ${list(ids)}`,
      at: topOf(sides.flatMap((side) => pathsOf(first, side))[0] ?? 'customers'),
      help: 'run `proviso validate` on both sides; what is listed here is what could be compared',
    },
  ];
};
