import type { CustomerView } from '../client/customer-view.ts';
import type { Terms } from '../client/terms.ts';
import { TermsError } from '../client/terms-error.ts';

/** Plans that are compared; a product has a handful. */
const MOST = 200;
/** Nobody has this name: what it has is what the plan gives to anybody. */
const NOBODY = '\n';

/** The plans of accounts without a file, which no change of a customer tells of. */
export interface PlanWatch {
  /** An account with this plan was asked for. */
  saw(plan: string): void;
  /** The settings that plans seen before give another value now; from then on they are compared with that. */
  changed(): Set<string>;
}

/** Needs every customer in memory: answers come at once. */
export function watchPlans(terms: Pick<Terms, 'account'>): PlanWatch {
  const seen = new Map<string, CustomerView['values']>();
  const valuesOf = (plan: string): CustomerView['values'] => {
    try {
      return terms.account({ account: NOBODY, plan }).values;
    } catch (error) {
      if (error instanceof TermsError) return {};
      throw error;
    }
  };
  return {
    saw(plan) {
      if (!seen.has(plan) && seen.size < MOST) seen.set(plan, valuesOf(plan));
    },
    changed() {
      const keys = new Set<string>();
      for (const [plan, before] of seen) {
        const now = valuesOf(plan);
        for (const key of new Set([...Object.keys(before), ...Object.keys(now)]))
          if (JSON.stringify(before[key]) !== JSON.stringify(now[key])) keys.add(key);
        seen.set(plan, now);
      }
      return keys;
    },
  };
}
