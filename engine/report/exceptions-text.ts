import { type Area, areas } from '../../schemas/setting.ts';
import type { ExceptionState } from '../exception-state.ts';
import type { ExceptionTotals, Upkeep } from '../views/exception-totals.ts';
import type { ListedException } from '../views/listed-exception.ts';
import type { Leaving } from '../views/what-stays.ts';
import { indent } from './indent.ts';
import { list } from './list.ts';
import { plain } from './plain.ts';
import { plural } from './plural.ts';
import { shortText } from './short-text.ts';
import { table } from './table.ts';

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

export interface ExceptionsPage {
  at: string;
  exceptions: readonly ListedException[];
  totals: ExceptionTotals;
  /** First day asked about, where only new ones are. */
  since?: string | undefined;
  leaving?: Leaving | undefined;
}

/** Every exception on one page: what it is and what it costs, who wants it, and what to do about it. */
export function exceptionsText({ at, exceptions, totals, since, leaving }: ExceptionsPage): string {
  const asked = since === undefined ? '' : ` asked for since ${since}`;
  const head = `${exceptions.length === 0 ? 'No exceptions' : plural(exceptions.length, 'exception')}${asked}, as of ${at}\n`;
  if (exceptions.length === 0) return plain(head.trimEnd()).concat('\n');
  const groups = since === undefined ? byPlace(exceptions) : byBucket(exceptions);
  return [
    head,
    ...groups.map(([title, of]) => groupText(title, of)),
    totalsText(totals),
    leaving ? leavingText(leaving) : '',
  ]
    .filter(Boolean)
    .join('\n');
}

type Group = [title: string, exceptions: readonly ListedException[]];

const filled = (groups: readonly Group[]): Group[] => groups.filter(([, of]) => of.length > 0);

const byPlace = (listed: readonly ListedException[]): Group[] =>
  filled(areas.map((area) => [places[area], listed.filter((each) => each.area === area)]));

/** The four ways an ask can go. */
const buckets: readonly (readonly [title: string, decisions: readonly string[]])[] = [
  ['Became a feature', ['feature']],
  ['Became configuration', ['configuration']],
  ['Became a service or a promise', ['service', 'promise']],
  ['Refused', ['no']],
];

const byBucket = (listed: readonly ListedException[]): Group[] =>
  filled(buckets.map(([title, decisions]) => [title, listed.filter(({ decision }) => decisions.includes(decision))]));

function groupText(title: string, exceptions: readonly ListedException[]): string {
  const what = exceptions.map((each) => [
    each.id,
    each.customer,
    shortText(each.does),
    states[each.state],
    each.until ?? '',
    each.livesIn,
    String(each.hoursPerMonth),
    each.buildHours === undefined ? '' : String(each.buildHours),
    `${each.worth.amount} ${each.worth.currency} ${each.worth.per === 'once' ? 'once' : `a ${each.worth.per}`}`,
    each.owner,
  ]);
  const why = exceptions.map((each) => [
    each.id,
    each.askedBy,
    shortText(each.because),
    shortText(each.usedBy),
    wantedBy(each),
    `${each.suggestion.verdict}: ${each.suggestion.because}`,
  ]);
  const right = { align: 'right' } as const;
  return [
    `${title}: ${plural(exceptions.length, 'exception')}\n`,
    indent(
      table(
        [
          ...['id', 'customer', 'what it does', 'state', 'until', 'lives in'].map((name) => ({ title: name })),
          { title: 'h/month', ...right },
          { title: 'to build', ...right },
          { title: 'worth', ...right },
          { title: 'owner' },
        ],
        what,
      ),
    ),
    '\n',
    indent(
      table(
        ['id', 'asked by', 'why', 'used by', 'wanted by', 'suggestion'].map((name) => ({ title: name })),
        why,
      ),
    ),
  ].join('');
}

function wantedBy({ demand, alike, isPattern }: ListedException): string {
  if (!isPattern) return 'one buyer';
  return `a pattern: ${[demand.length > 0 ? `wanted by ${list(demand, 5)}` : '', alike.length > 0 ? `${list(alike, 5)} ${alike.length === 1 ? 'has' : 'have'} the same` : ''].filter(Boolean).join('; ')}`;
}

function totalsText({ hoursPerMonth, byOwner, byArea, buckets: decided }: ExceptionTotals): string {
  const rows = (title: string, upkeep: readonly Upkeep[]) =>
    indent(
      table(
        [{ title }, { title: 'kept true', align: 'right' }, { title: 'h/month', align: 'right' }],
        upkeep.map(({ name, count, hoursPerMonth: hours }) => [name, String(count), String(hours)]),
      ),
    );
  const { feature, configuration, serviceOrPromise, no } = decided;
  return [
    `Upkeep today: ${hoursPerMonth} hours a month\n`,
    byOwner.length > 0 ? `${rows('owner', byOwner)}\n${rows('place', byArea)}` : '',
    `\nDecided: ${feature} feature, ${configuration} configuration, ${serviceOrPromise} service or promise, ${no} no\n`,
  ].join('');
}

function leavingText({ customer, records, stays }: Leaving): string {
  const rows = records.map(({ id, does, after }) => [id, shortText(does), after]);
  return [
    `If ${plain(customer)} left, what stays in the product? ${stays.length === 0 ? 'Nothing' : `Only ${plain(list(stays))}`}.\n`,
    indent(table([{ title: 'id' }, { title: 'what it does' }, { title: 'then' }], rows)),
  ].join('');
}
