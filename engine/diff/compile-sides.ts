import { compileModel } from '../compile/compile-model.ts';
import type { Model } from '../model.ts';
import type { SourceFile } from '../source-file.ts';
import type { DiffSide } from './diff.ts';
import { findEdits, isSameFile } from './find-edits.ts';

export type Uncompiled = Omit<DiffSide, 'compiled'>;

/**
 * Compiles what a comparison needs and no more: the customers whose file says something else, on the sides they are
 * on; all of them, once a side, where something they share was edited.
 */
export function compileSides(base: Uncompiled, head: Uncompiled): { base: DiffSide; head: DiffSide } {
  const unread = new Set([...(base.unread ?? []), ...(head.unread ?? [])]);
  const isShared = findEdits(base.model.world, head.model.world, unread).length > 0;
  const compile = (side: Uncompiled, other: Model): DiffSide => {
    const { customers } = side.model;
    const only = [...customers].flatMap(([id, entry]) =>
      isShared || !isSameFile(entry, other.customers.get(id)) ? [id] : [],
    );
    return { ...side, compiled: compileModel(side.model, only) };
  };
  return { base: compile(base, head.model), head: compile(head, base.model) };
}

/** The files that are there and did not become part of the model. */
export function unreadFiles(files: readonly SourceFile[], { world, customers }: Model): Set<string> {
  const { plans, menu, lifecycle, roles, onboarding, publish, approvals, approvers, checks, scan } = world;
  const policies = [menu, lifecycle, roles, onboarding, publish, approvals, approvers, checks, scan];
  const read = [...customers.values(), ...plans.values(), ...policies];
  const known = new Set(read.map((entry) => entry?.document.path));
  return new Set(files.flatMap(({ path }) => (known.has(path) ? [] : [path])));
}
