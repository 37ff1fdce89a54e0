import { forEver, sinceEver } from '../../runtime/terms/days.ts';
import type { Settings } from '../../schemas/setting.ts';
import { compileCustomer } from '../compile/compile-customer.ts';
import { type PreparedWorld, prepareWorld } from '../compile/prepare-world.ts';
import type { World } from '../model.ts';
import { applyEdit } from './apply-edit.ts';
import { compareTimelines, type Life, type Run } from './compare-timelines.ts';
import { isReached, mayConcern, reachOf, tiesOf } from './edit-reach.ts';
import { type Edit, isSameFile } from './find-edits.ts';
import type { Subject } from './origin-of.ts';

/** What caused a difference: an edit of something shared, or of the customer's own file. */
export type Doer = Edit | 'own file';

/** A world in which one edit is made or left out, and the catalogue its values are read by. */
interface Variant {
  prepared: PreparedWorld;
  settings: Settings;
}

/**
 * Names what caused each difference of a customer. Mostly one edit alone can reach a value; where several can, the
 * customer is compiled once more with each of them alone, and with all but it, and those that matter either way did it.
 */
export function startAttribution(
  base: World,
  head: World,
  edits: readonly Edit[],
): (before: Subject, after: Subject, runs: readonly Run[]) => Map<Run, readonly Doer[]> {
  const effective = edits.filter((edit) => reachOf(edit) !== 'nothing');
  const variants = new Map<Edit, { alone: Variant; without: Variant }>();

  const variantOf = (world: World, edit: Edit, source: World): Variant => {
    const { settings, ...rest } = applyEdit(world, edit, source);
    // What names a setting may be there without it; values of a setting that is not read are not seen.
    return { prepared: prepareWorld({ ...rest, settings: { ...source.settings, ...settings } }), settings };
  };
  const variantsOf = (edit: Edit) => {
    const made = variants.get(edit) ?? { alone: variantOf(base, edit, head), without: variantOf(head, edit, base) };
    variants.set(edit, made);
    return made;
  };
  const own = {
    alone: {
      prepared: prepareWorld({ ...base, settings: { ...head.settings, ...base.settings } }),
      settings: base.settings,
    },
    without: {
      prepared: prepareWorld({ ...head, settings: { ...base.settings, ...head.settings } }),
      settings: head.settings,
    },
  };

  return (before, after, runs) => {
    const ties = tiesOf([before.entry.data, after.entry.data], [base, head]);
    const doers: Doer[] = effective.filter((edit) => mayConcern(edit, ties, [base, head]));
    if (!isSameFile(before.entry, after.entry)) doers.push('own file');

    const differences = new Map<Doer, readonly Run[]>();
    const lifeIn = ({ prepared, settings }: Variant, { entry }: Subject): Life | undefined => {
      const { timeline } = compileCustomer(entry, prepared);
      return timeline && { timeline, settings };
    };
    const differencesBy = (doer: Doer): readonly Run[] => {
      const known = differences.get(doer);
      if (known) return known;
      const isOwn = doer === 'own file';
      const { alone, without } = isOwn ? own : variantsOf(doer);
      const made = lifeIn(alone, isOwn ? after : before);
      const left = lifeIn(without, isOwn ? before : after);
      const [was, is] = [lifeOf(before), lifeOf(after)];
      const found = [
        ...(made && was ? compareTimelines(was, made) : []),
        ...(left && is ? compareTimelines(left, is) : []),
      ];
      differences.set(doer, found);
      return found;
    };

    return new Map(
      runs.map((run) => {
        const able = doers.filter(
          (doer) =>
            doer === 'own file' || (isReached(reachOf(doer), run.path) && mayBeSeenIn(run, doer, before, after)),
        );
        if (able.length < 2) return [run, able];
        const did = able.filter((doer) => differencesBy(doer).some((other) => overlaps(other, run)));
        return [run, did.length > 0 ? did : able];
      }),
    );
  };
}

/**
 * A setting of a plan is seen on the plan's days, or held after them. What is not the better of two plans in a trial shows nowhere, so
 * of whom has had one nothing is said.
 */
function mayBeSeenIn(run: Run, { room, id, steps }: Edit, before: Subject, after: Subject): boolean {
  const [part, key = ''] = steps;
  const sides = [before, after];
  if (room !== 'plan' || part !== 'settings' || sides.some(({ entry }) => entry.data.trials?.length)) return true;
  const isHeld = sides.some(({ world }) => world.settings[key]?.onEnd === 'hold');
  return sides.some(({ compiled: { timeline } }) =>
    timeline?.segments.some(({ from, plan, layers }, index) => {
      const over = timeline.segments[index + 1]?.from ?? forEver;
      if ((from ?? sinceEver) >= run.end || (over <= run.start && !isHeld)) return false;
      return plan === id || layers.some((layer) => layer.kind === 'plan' && layer.id === id);
    }),
  );
}

export const lifeOf = ({ compiled, world }: Subject): Life | undefined =>
  compiled.timeline && { timeline: compiled.timeline, settings: world.settings };

const overlaps = (a: Run, b: Run): boolean => a.path === b.path && a.start < b.end && b.start < a.end;
