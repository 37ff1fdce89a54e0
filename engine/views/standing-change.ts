import type { ChangeSet } from '../review/change-set.ts';
import type { Company } from './company.ts';

/** A company as a change that changes nothing: for checks that judge how customers stand. Nobody is compiled twice. */
export function standingChange(company: Company): ChangeSet {
  const { model, at, world, compiled } = company;
  const side = { name: 'now', model, compiled: { world, customers: new Map(), diagnostics: [], withoutTerms: [] } };
  const of = (id: string) => {
    const entry = model.customers.get(id);
    return entry && compiled(entry);
  };
  return {
    repo: '',
    at,
    files: [],
    base: side,
    head: side,
    diff: { at, base: 'now', head: 'now', customers: [], causes: [], diagnostics: [] },
    learned: { edited: new Set(), underContract: new Set(), excepted: new Set() },
    before: of,
    after: of,
  };
}
