import { onDay } from '../../runtime/terms/at.ts';
import { sameValue } from '../../runtime/terms/favour.ts';
import { foldSetting } from '../../runtime/terms/fold.ts';
import type { Exception } from '../../schemas/exception.ts';
import { plural } from '../report/plural.ts';
import type { Company } from './company.ts';
import type { ListedException } from './listed-exception.ts';

/** What becomes of one record if its customer leaves. */
export interface Residue {
  id: string;
  does: string;
  /** In words. */
  after: string;
}

/** If a customer left: what becomes of each record, and what stays in the product. */
export interface Leaving {
  customer: string;
  records: Residue[];
  /** Settings, and ids of records that live in code without one. */
  stays: string[];
}

/** Answers "if this customer left, what stays in the product?" from the exceptions of one customer. */
export function whatStays(company: Company, customer: string, listed: readonly ListedException[]): Leaving {
  const stays = new Set<string>();
  const exceptions = company.model.customers.get(customer)?.data.exceptions ?? [];
  const records = listed.map((each): Residue => {
    const { id, does } = each;
    const exception = exceptions.find((record) => record.id === id);
    const left = exception ? leftBy(exception) : [];
    for (const what of left) stays.add(what);
    return { id, does, after: left.length > 0 ? stayingText(left, company, customer) : leavingText(each) };
  });
  return { customer, records, stays: [...stays].sort() };
}

function leftBy(exception: Exception): readonly string[] {
  if (exception.decision === 'feature') return exception.settings?.length ? exception.settings : [exception.id];
  return exception.decision === 'configuration' && exception.livesIn === 'code' ? [exception.id] : [];
}

const stayingText = (left: readonly string[], company: Company, customer: string): string =>
  `stays: ${left.map((what) => `${what} (${usersText(what, company, customer)})`).join(', ')}`;

function usersText(what: string, company: Company, customer: string): string {
  const setting = Object.hasOwn(company.world.settings, what) ? company.world.settings[what] : undefined;
  if (!setting) return 'code that was built for it';
  const users = company.each((entry) => {
    const { timeline } = company.compiled(entry);
    if (entry.id === customer || !timeline) return [];
    const { value } = foldSetting(company.world.settings, what, onDay(timeline, company.at).layers);
    return sameValue(value, setting.default) ? [] : [entry.id];
  });
  if (users.length === 0) return 'nobody else uses it';
  return `${plural(users.length, 'other customer')} ${users.length === 1 ? 'uses' : 'use'} it`;
}

function leavingText({ decision, state, until, suggestion, alikeInAll }: ListedException): string {
  const alone =
    alikeInAll === 0
      ? 'nobody else has it'
      : `${plural(alikeInAll, 'other customer')} ${alikeInAll === 1 ? 'has' : 'have'} it too`;
  switch (decision) {
    case 'service':
      return suggestion.verdict === 'retire' ? 'done; nothing stays' : 'the work stops; nothing stays';
    case 'no':
      return 'was refused; nothing stays';
    default:
      if (state === 'expired' || state === 'dropped') return `ended${until ? ` on ${until}` : ''}; nothing stays`;
      return `leaves with them${until ? `, on ${until} at the latest` : ''}; ${alone}`;
  }
}
