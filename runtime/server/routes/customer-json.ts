import type { CustomerView } from '../../client/customer-view.ts';
import { relianceOf } from '../kept-answers.ts';
import type { Scope } from '../route.ts';

/** A customer as far as a token may see it; `at` is the moment that was asked for. */
export function customerJson(view: CustomerView, scopes: ReadonlySet<Scope> | undefined, at?: string) {
  const { customer, release, plan, stage, values, drift, moved, terms, access, freshness } = view;
  return {
    customer,
    release,
    ...(at !== undefined && { at }),
    plan,
    stage,
    settings: values,
    ...(drift && { drift }),
    ...(moved && { moved }),
    ...(scopes?.has('terms:read') && { terms, access }),
    freshness: relianceOf({ freshness }),
  };
}
