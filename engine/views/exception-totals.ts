import { areas } from '../../schemas/setting.ts';
import type { ListedException } from './listed-exception.ts';

export interface Upkeep {
  name: string;
  /** How many cost something to keep true today. */
  count: number;
  hoursPerMonth: number;
}

export interface ExceptionTotals {
  count: number;
  /** Upkeep today: of what is in force, and of features, which stay. */
  hoursPerMonth: number;
  byOwner: Upkeep[];
  byArea: Upkeep[];
  /** What was decided: the four ways an ask can go. */
  buckets: { feature: number; configuration: number; serviceOrPromise: number; no: number };
}

/** Whether somebody keeps it true today. */
const isKept = ({ state, decision }: ListedException): boolean =>
  state === 'active' || (state === 'recorded' && decision === 'feature');

/** Adds up upkeep hours by owner and by place, and what was decided. */
export function exceptionTotals(listed: readonly ListedException[]): ExceptionTotals {
  const kept = listed.filter(isKept);
  const upkeep = (name: string, of: readonly ListedException[]): Upkeep => ({
    name,
    count: of.length,
    hoursPerMonth: hoursOf(of),
  });
  const owners = [...new Set(kept.map(({ owner }) => owner))];
  const decided = (...decisions: string[]) => listed.filter(({ decision }) => decisions.includes(decision)).length;
  return {
    count: listed.length,
    hoursPerMonth: hoursOf(kept),
    byOwner: owners
      .map((name) =>
        upkeep(
          name,
          kept.filter(({ owner }) => owner === name),
        ),
      )
      .sort((one, other) => other.hoursPerMonth - one.hoursPerMonth || (one.name < other.name ? -1 : 1)),
    byArea: areas.flatMap((name) => {
      const of = kept.filter(({ area }) => area === name);
      return of.length > 0 ? [upkeep(name, of)] : [];
    }),
    buckets: {
      feature: decided('feature'),
      configuration: decided('configuration'),
      serviceOrPromise: decided('service', 'promise'),
      no: decided('no'),
    },
  };
}

/** Halves add up as they are written. */
const hoursOf = (listed: readonly ListedException[]): number =>
  Number(listed.reduce((sum, { hoursPerMonth }) => sum + hoursPerMonth, 0).toPrecision(12));
