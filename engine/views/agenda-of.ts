import { addDays } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import { isOpen } from '../approve/break-glass.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Entry } from '../model.ts';
import { missingDetails } from '../onboarding.ts';
import { list } from '../report/list.ts';
import { plural } from '../report/plural.ts';
import type { Agenda, AgendaItem } from './agenda-item.ts';
import { alikeExceptions } from './alike-exceptions.ts';
import { brokenThings } from './broken-things.ts';
import type { Company } from './company.ts';
import type { Ending } from './ending.ts';
import { dueDay, findEndings } from './find-endings.ts';
import { heldSettings } from './held-settings.ts';
import { listExceptions } from './list-exceptions.ts';
import type { ListedException } from './listed-exception.ts';
import { unpaidAccounts } from './unpaid-accounts.ts';

export interface AgendaAsked {
  /** The last day that counts as soon. */
  until: Day;
  /** Whether an ask is new: asked for lately, or not there at a commit. */
  isNew(exception: ListedException): boolean;
  /** What reading the files has shown. */
  diagnostics: readonly Diagnostic[];
}

/** Days after its first one that a break glass lasts. */
const EMERGENCY_DAYS = 2;

/** What there is to talk about this week, each with its next step. */
export function agendaOf(company: Company, { until, isNew, diagnostics }: AgendaAsked): Agenda {
  const { customers, at } = company;
  return {
    newAsks: listExceptions(company).filter(isNew).map(askItem(at)),
    unpaid: customers.flatMap((entry) => unpaidAccounts(entry, company, until)),
    endingSoon: findEndings(company, until).map(endingItem(at)),
    overdue: customers.flatMap((entry) => overdueEmergencies(entry, at)),
    broken: brokenThings(company, diagnostics),
    held: customers.flatMap((entry) => heldSettings(entry, company)),
    repeated: repeatedEffects(company),
    details: customers.flatMap((entry) => openDetails(entry, company, until)),
  };
}

const askItem =
  (at: Day) =>
  ({
    customer,
    name,
    id,
    need,
    does,
    decision,
    askedBy,
    owner,
    neededBy,
    path,
    line,
  }: ListedException): AgendaItem => ({
    customer,
    name,
    what: `${id}: ${need} It ${does}.`,
    next:
      decision === 'no'
        ? `tell ${askedBy} why, and what is offered instead`
        : neededBy >= at
          ? `${owner} sees to it by ${neededBy}`
          : `tell ${askedBy} what was decided`,
    path,
    line,
  });

const endingItem =
  (at: Day) =>
  (ending: Ending): AgendaItem => {
    const { customer, name, kind, what, last, notice, renewal, endsWith, path, line } = ending;
    const due = dueDay(ending, at);
    const isNotice = due !== last && due === notice;
    const then = endsWith.length > 0 ? `; ${list(endsWith)} ${endsWith.length === 1 ? 'ends' : 'end'} with it` : '';
    return {
      customer,
      name,
      what: `${what} on ${last}${isNotice ? `, notice by ${notice}` : ''}: ${ending.then}${then}`,
      next: ending.isFollowed
        ? 'nothing: what follows is written already'
        : nextStep[kind === 'contract' && renewal === 'auto' ? 'rolling' : kind],
      path,
      line,
    };
  };

const nextStep: Readonly<Record<Ending['kind'] | 'rolling', string>> = {
  contract: 'agree the renewal: `proviso new renewal`',
  rolling: 'decide whether it goes on; if not, give notice and amend the contract',
  grace: 'sign the next contract, or tell them what they lose: `proviso simulate --event lapse`',
  trial: 'write the contract that follows, or tell them what they lose: `proviso simulate --event lapse`',
  pilot: 'write the contract that follows, or tell them what they lose: `proviso simulate --event lapse`',
  exception: 'ask whether it is still needed: a new record, a plan, or let it end',
  promise: 'ask whether it is still needed: a new record, a plan, or let it end',
  service: 'see that it is done and paid',
  addOn: 'sell it again, or let it end',
  discount: 'tell them the full price before the next invoice',
  credit: 'see what is left of it',
};

function overdueEmergencies(entry: Entry<Customer>, at: Day): AgendaItem[] {
  return (entry.data.exceptions ?? []).flatMap((exception, index) => {
    if (!isOpen(exception)) return [];
    const last = addDays(exception.breakGlass.on, EMERGENCY_DAYS);
    if (last >= at) return [];
    const place = entry.document.locate(['exceptions', index, 'breakGlass'], 'key');
    return [
      {
        customer: entry.id,
        name: entry.data.name,
        what: `${exception.id} was made in an emergency on ${exception.breakGlass.on}, and is open since ${last}: ${exception.breakGlass.because}`,
        next: 'bring it under the usual approvals and say so in `breakGlass.closed`; releases wait for it',
        path: place.path,
        line: place.start.line,
      },
    ];
  });
}

function repeatedEffects(company: Company): AgendaItem[] {
  return [...alikeExceptions(company).values()].flatMap(({ words, customers, first }) => {
    const entry = company.model.customers.get(first.customer);
    if (!entry || customers.length < 2) return [];
    const place = entry.document.locate(['exceptions', first.index], 'key');
    return [
      {
        what: `${plural(customers.length, 'customer')} have an exception for ${words}: ${list(customers)}`,
        next: 'make it a plan setting or an add-on, and end the exceptions',
        path: place.path,
        line: place.start.line,
      },
    ];
  });
}

function openDetails(entry: Entry<Customer>, company: Company, until: Day): AgendaItem[] {
  const { timeline } = company.compiled(entry);
  if (!timeline) return [];
  const missing = missingDetails(company.model.world, entry.data, timeline, company.at).filter(
    ({ from }) => from === null || from <= until,
  );
  if (missing.length === 0) return [];
  const place = entry.document.locate(['details'], 'key');
  return [
    {
      customer: entry.id,
      name: entry.data.name,
      what: `onboarding has not asked: ${list(missing.map(({ label, from, why }) => `${label} (${why}${from ? ` from ${from}` : ''})`))}`,
      next: `${entry.data.accountOwner ?? 'somebody'} asks, and writes ${list(missing.map(({ detail }) => detail))} under \`details\``,
      path: place.path,
      line: place.start.line,
    },
  ];
}
