import { compileWhenAsked } from '../compile/compiled-customers.ts';
import type { Model } from '../model.ts';
import { differing } from '../register/differing.ts';
import { idIn } from '../register/id-in.ts';
import type { SourceFile } from '../source-file.ts';
import { concernedBy } from './concerned-by.ts';
import type { DiffSide } from './diff.ts';
import { findEdits } from './find-edits.ts';

export type Uncompiled = Omit<DiffSide, 'compiled'>;

/**
 * Compiles what a comparison needs and no more: the customers whose file says something else, and those whom an edit of
 * what they share may concern, on the sides they are on.
 */
export function compileSides(base: Uncompiled, head: Uncompiled): { base: DiffSide; head: DiffSide } {
  const unread = new Set([...(base.unread ?? []), ...(head.unread ?? [])]);
  const customers = [base.model.customers, head.model.customers] as const;
  const worlds = [base.model.world, head.model.world] as const;
  const ids = new Set(differing(...customers));
  for (const id of concernedBy(findEdits(...worlds, unread), customers, worlds)) ids.add(id);
  // Asked in this order, who is known by a table is found in the part of it that was read last.
  const sorted = [...ids].sort();
  const compile = (side: Uncompiled): DiffSide => {
    const there = sorted.filter((id) => side.model.customers.has(id));
    return { ...side, compiled: compileWhenAsked(side.model, there) };
  };
  return { base: compile(base), head: compile(head) };
}

/** The files that are there and did not become part of the model. */
export function unreadFiles(files: readonly SourceFile[], { world, customers }: Model): Set<string> {
  const { plans, menu, lifecycle, roles, onboarding, publish, approvals, approvers, checks, scan } = world;
  const policies = [menu, lifecycle, roles, onboarding, publish, approvals, approvers, checks, scan];
  const shared = new Set([...plans.values(), ...policies].map((entry) => entry?.document.path));
  const isRead = (path: string) => shared.has(path) || customers.get(idIn(path))?.document.path === path;
  return new Set(files.flatMap(({ path }) => (isRead(path) ? [] : [path])));
}
