import { checkWorld } from '../engine/compile/check-world.ts';
import { type Diagnostic, isError } from '../engine/diagnostic.ts';
import { type Company, companyOn } from '../engine/views/company.ts';
import type { Context } from './command.ts';
import { openRepository, type Repository } from './open-repository.ts';

export interface OpenedCompany {
  repository: Repository;
  /** What is wrong with the files: what cannot be read is missing from every view, and these say so. */
  diagnostics: readonly Diagnostic[];
  /** Absent without a readable catalogue. */
  company?: Company;
}

/** Reads the repository that a view is about, on the day that is asked about. */
export async function openCompany(context: Context, ref: string | undefined): Promise<OpenedCompany> {
  const repository = await openRepository(context, { ref });
  const { model, settings, diagnostics } = repository;
  if (Object.keys(settings).length === 0 && diagnostics.length > 0) return { repository, diagnostics };
  return { repository, diagnostics, company: companyOn(model, context.at.day) };
}

/** The errors that show only when customers are followed over time: of one of them, or of all. */
export function errorsOver({ compiled, diagnostics, each, model }: Company, only?: string): Diagnostic[] {
  const found =
    only === undefined
      ? diagnostics()
      : [...checkWorld(model.world), ...each((entry) => compiled(entry).diagnostics, only)];
  return found.filter(isError);
}
