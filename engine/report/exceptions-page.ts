/** The page of all exceptions in words, whatever it is printed as: its groups, and what stands in its tables. */
import { type Area, areas } from '../../schemas/setting.ts';
import type { ExceptionState } from '../exception-state.ts';
import type { ExceptionTotals } from '../views/exception-totals.ts';
import type { ListedException } from '../views/listed-exception.ts';
import type { Leaving } from '../views/what-stays.ts';
import { list } from './list.ts';
import { plural } from './plural.ts';

export interface ExceptionsPage {
  at: string;
  exceptions: readonly ListedException[];
  totals: ExceptionTotals;
  /** First day asked about, where only new ones are. */
  since?: string | undefined;
  leaving?: Leaving | undefined;
}

const places: Readonly<Record<Area, string>> = {
  onboarding: 'Onboarding',
  billing: 'Billing',
  support: 'Support',
  access: 'Access',
  hosting: 'Hosting',
};

const states: Readonly<Record<ExceptionState, string>> = {
  active: 'in force',
  notStarted: 'to come',
  expired: 'ended',
  dropped: 'dropped',
  recorded: 'recorded',
  refused: 'refused',
};

export type ExceptionGroup = [title: string, exceptions: readonly ListedException[]];

const filled = (groups: readonly ExceptionGroup[]): ExceptionGroup[] => groups.filter(([, of]) => of.length > 0);

const byPlace = (listed: readonly ListedException[]): ExceptionGroup[] =>
  filled(areas.map((area) => [places[area], listed.filter((each) => each.area === area)]));

/** The four ways an ask can go. */
const buckets: readonly (readonly [title: string, decisions: readonly string[]])[] = [
  ['Became a feature', ['feature']],
  ['Became configuration', ['configuration']],
  ['Became a service or a promise', ['service', 'promise']],
  ['Refused', ['no']],
];

const byBucket = (listed: readonly ListedException[]): ExceptionGroup[] =>
  filled(buckets.map(([title, decisions]) => [title, listed.filter(({ decision }) => decisions.includes(decision))]));

/** By place; those asked for lately by what was decided. */
export const exceptionGroups = ({ exceptions, since }: ExceptionsPage): ExceptionGroup[] =>
  since === undefined ? byPlace(exceptions) : byBucket(exceptions);

/** `3 exceptions asked for since 2026-08-22, as of 2026-11-20`. */
export const exceptionsHead = ({ at, exceptions, since }: ExceptionsPage): string =>
  `${exceptions.length === 0 ? 'No exceptions' : plural(exceptions.length, 'exception')}${since === undefined ? '' : ` asked for since ${since}`}, as of ${at}`;

export const whatColumns = [
  'id',
  'customer',
  'what it does',
  'state',
  'until',
  'lives in',
  'h/month',
  'to build',
  'worth',
  'owner',
];
export const whyColumns = ['id', 'asked by', 'why', 'used by', 'wanted by', 'suggestion'];

export const whatCells = (each: ListedException): string[] => [
  each.id,
  each.customer,
  each.does,
  states[each.state],
  each.until ?? '',
  each.livesIn,
  String(each.hoursPerMonth),
  each.buildHours === undefined ? '' : String(each.buildHours),
  `${each.worth.amount} ${each.worth.currency} ${each.worth.per === 'once' ? 'once' : `a ${each.worth.per}`}`,
  each.owner,
];

export const whyCells = (each: ListedException): string[] => [
  each.id,
  each.askedBy,
  each.because,
  each.usedBy,
  wantedBy(each),
  `${each.suggestion.verdict}: ${each.suggestion.because}`,
];

function wantedBy({ demand, alike, alikeInAll, isPattern }: ListedException): string {
  if (!isPattern) return 'one buyer';
  return `a pattern: ${[demand.length > 0 ? `wanted by ${list(demand, 5)}` : '', alike.length > 0 ? `${list(alike, 5, 'and', alikeInAll)} ${alikeInAll === 1 ? 'has' : 'have'} the same` : ''].filter(Boolean).join('; ')}`;
}

/** `Decided: 1 feature, …`. */
export const decidedText = ({ buckets: { feature, configuration, serviceOrPromise, no } }: ExceptionTotals): string =>
  `Decided: ${feature} feature, ${configuration} configuration, ${serviceOrPromise} service or promise, ${no} no`;

/** The answer to what stays, in one sentence. */
export const staysText = ({ customer, stays }: Leaving): string =>
  `If ${customer} left, what stays in the product? ${stays.length === 0 ? 'Nothing' : `Only ${list(stays)}`}.`;
