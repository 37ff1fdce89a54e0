import { type Diagnostic, isError } from '../engine/diagnostic.ts';
import { compileSides, type Uncompiled, unreadFiles } from '../engine/diff/compile-sides.ts';
import type { Diff } from '../engine/diff/diff.ts';
import { diffModels } from '../engine/diff/diff-models.ts';
import { plural } from '../engine/report/plural.ts';
import { SETTINGS_FILE } from '../engine/schemas/files.ts';
import type { Repository } from './open-repository.ts';

export interface Comparison {
  diff: Diff;
  /** What is wrong with the head, what only a comparison shows, and whether the base could be trusted. */
  diagnostics: readonly Diagnostic[];
}

/** A repository with what people call it. */
export type Named = Repository & { name: string };

/** True where plans, policies or the catalogue cannot be read: against those every customer would seem to change. */
export const isWorldBroken = ({ diagnostics }: Repository): boolean =>
  diagnostics.some((diagnostic) => isError(diagnostic) && !diagnostic.at.path.startsWith('customers/'));

/** Compares two repositories that have been read, of which the head's plans and policies are sound. `at` is a day. */
export function compareRepositories(base: Named, head: Named, at: string): Comparison {
  const sides = compileSides(sideOf(base), sideOf(head));
  const { compiled } = sides.base;
  const [fault, ...others] = [...base.diagnostics, ...compiled.diagnostics].filter(isError);
  const { diagnostics, ...diff } = diffModels(sides.base, sides.head, { at });
  const note: Diagnostic | undefined = fault && {
    rule: 'base-not-valid',
    severity: 'note',
    message: `${base.name} has ${plural(others.length + 1, 'error')}, and is compared as far as it can be`,
    at: fault.at,
  };
  return {
    diff: { ...diff, diagnostics },
    diagnostics: [...head.diagnostics, ...sides.head.compiled.diagnostics, ...diagnostics, ...(note ? [note] : [])],
  };
}

/** A repository as one side of a comparison. */
export function sideOf({ name, model, files, diagnostics }: Named): Uncompiled {
  const unread = unreadFiles(files, model);
  if (diagnostics.some(({ rule }) => rule === 'catalogue')) unread.add(SETTINGS_FILE);
  return { name, model, unread };
}
