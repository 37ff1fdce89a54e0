import { addDays } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { Exception } from '../../schemas/exception.ts';
import { isOpen } from '../approve/break-glass.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Entry } from '../model.ts';
import { missingDetails } from '../onboarding.ts';
import { list } from '../report/list.ts';
import { plural } from '../report/plural.ts';
import { overdueBreakGlass } from '../verify/overdue-break-glass.ts';
import type { Agenda, AgendaItem } from './agenda-item.ts';
import { type AlikeGroups, alikeExceptions } from './alike-exceptions.ts';
import { brokenThings } from './broken-things.ts';
import type { Company } from './company.ts';
import { emergencyStep } from './emergency-step.ts';
import type { Ending } from './ending.ts';
import { byDueDay, dueDay, endingsOf } from './find-endings.ts';
import { heldSettings } from './held-settings.ts';
import { listExceptions } from './list-exceptions.ts';
import type { ListedException } from './listed-exception.ts';
import { unpaidAccounts } from './unpaid-accounts.ts';

export interface AgendaAsked {
  /** The last day that counts as soon. */
  until: Day;
  /** Whether an ask is new: asked for lately, or not there at a commit. */
  isNew(exception: Exception): boolean;
  /** What reading the files has shown. */
  diagnostics: readonly Diagnostic[];
}

/** What there is to talk about this week, each with its next step. */
export function agendaOf(company: Company, { until, isNew, diagnostics }: AgendaAsked): Agenda {
  const { at } = company;
  const alike = alikeExceptions(company);
  const all = company.each((entry) => [
    {
      unpaid: unpaidAccounts(entry, company, until),
      ending: endingsOf(entry, company, until),
      held: heldSettings(entry, company),
      details: openDetails(entry, company, until),
    },
  ]);
  return {
    newAsks: listExceptions(company, { wanted: isNew }, alike).map(askItem(at)),
    unpaid: all.flatMap(({ unpaid }) => unpaid),
    endingSoon: all
      .flatMap(({ ending }) => ending)
      .sort(byDueDay(at))
      .map(endingItem(at)),
    overdue: overdueEmergencies(company),
    broken: brokenThings(company, diagnostics),
    held: all.flatMap(({ held }) => held),
    repeated: repeatedEffects(company, alike),
    details: all.flatMap(({ details }) => details),
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
    emergency,
    path,
    line,
  }: ListedException): AgendaItem => ({
    customer,
    name,
    what: `${id}: ${need} It ${does}.`,
    next:
      emergency !== undefined
        ? emergencyStep(emergency, at)
        : decision === 'no'
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
    const { customer, name, kind, what, last, notice, renewal, endsWith, emergency, path, line } = ending;
    const due = dueDay(ending, at);
    const isNotice = due !== last && due === notice;
    const isTooLate = notice !== undefined && notice < at;
    const then = endsWith.length > 0 ? `; ${list(endsWith)} ${endsWith.length === 1 ? 'ends' : 'end'} with it` : '';
    return {
      customer,
      name,
      what: `${what} on ${last}${isNotice ? `, notice by ${notice}` : isTooLate ? `, notice was due by ${notice}` : ''}: ${ending.then}${then}`,
      next:
        emergency !== undefined
          ? emergencyStep(emergency, at)
          : ending.isFollowed
            ? 'nothing: what follows is written already'
            : nextSteps[stepOf(kind, renewal, isTooLate)](customer),
      path,
      line,
    };
  };

type Step = Ending['kind'] | 'rolling' | 'rolls';

const stepOf = (kind: Ending['kind'], renewal: Ending['renewal'], isTooLate: boolean): Step =>
  kind !== 'contract' || renewal !== 'auto' ? kind : isTooLate ? 'rolls' : 'rolling';

const lapseOf = (customer: string): string =>
  `tell them what they lose: \`proviso simulate ${customer} --event lapse\``;
const isItNeeded = (): string => 'ask whether it is still needed: a new record, a plan, or let it end';

/** What to do about an ending, of a customer with this id. */
const nextSteps: Readonly<Record<Step, (customer: string) => string>> = {
  contract: (customer) => `agree the renewal: \`proviso new renewal ${customer}\``,
  rolling: () => 'decide whether it goes on; if not, give notice and amend the contract',
  rolls: () =>
    'the day for notice is over, so the next term begins: agree what should change in it, and amend the contract',
  grace: (customer) => `sign the next contract, or ${lapseOf(customer)}`,
  trial: (customer) => `write the contract that follows, or ${lapseOf(customer)}`,
  pilot: (customer) => `write the contract that follows, or ${lapseOf(customer)}`,
  exception: isItNeeded,
  promise: isItNeeded,
  service: () => 'see that it is done and paid',
  addOn: () => 'sell it again, or let it end',
  discount: () => 'tell them the full price before the next invoice',
  credit: () => 'see what is left of it',
};

/** The same that hold a release back. */
function overdueEmergencies({ model, at }: Company): AgendaItem[] {
  return overdueBreakGlass(undefined, model, at).flatMap(({ customer, exception: id, last }) => {
    const entry = model.customers.get(customer);
    const index = entry?.data.exceptions?.findIndex((each) => each.id === id) ?? -1;
    const exception = entry?.data.exceptions?.[index];
    if (!entry || !exception || !isOpen(exception)) return [];
    const place = entry.document.locate(['exceptions', index, 'breakGlass'], 'key');
    const { on, because } = exception.breakGlass;
    return [
      {
        customer,
        name: entry.data.name,
        what: `${id} was made in an emergency on ${on} and has been over since ${addDays(last, 1)}: ${because}`,
        next: 'bring it under the usual approvals and say so in `breakGlass.closed`; releases wait for it',
        path: place.path,
        line: place.start.line,
      },
    ];
  });
}

function repeatedEffects(company: Company, alike: AlikeGroups): AgendaItem[] {
  return [...alike.values()].flatMap(({ words, customers, first }) => {
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
