import { grouped, plural } from '../report/plural.ts';
import { type Cause, type CustomerDiff, type Diff, reachedNow } from './diff.ts';

/** What a diff comes to in one sentence. */
export function wordDiff(diff: Diff): string {
  const { customers, causes, diagnostics, at } = diff;
  if (customers.length > 0) return wordCustomers(customers, at);
  if (diagnostics.some(({ rule }) => rule === 'not-compared'))
    return 'Nothing changes for anybody who could be compared.';
  return causes.some(({ listPrice = [] }) => listPrice.length > 0)
    ? 'No settings or terms change for anybody, but a list price does.'
    : 'Nothing changes for anybody.';
}

function wordCustomers(customers: readonly CustomerDiff[], at: string): string {
  const count = (kind: CustomerDiff['kind']) => customers.filter((one) => one.kind === kind).length;
  const isPast = ({ changes }: CustomerDiff) => changes.every(({ past }) => past);
  const [added, closed, past] = [count('added'), count('closed'), customers.filter(isPast).length];
  const parts = [
    ...(added > 0 ? [`${grouped(added)} new`] : []),
    ...(closed > 0 ? [`${grouped(closed)} closed`] : []),
    ...(past > 0 ? [`${grouped(past)} only before ${at}`] : []),
  ];
  return `Terms change for ${plural(customers.length, 'customer')}${parts.length > 0 ? ` (${parts.join(', ')})` : ''}.`;
}

/** Whether anybody has to do with a cause, if only by being shielded from it. */
export const isReaching = ({ customers, listPrice = [], shielded }: Cause): boolean =>
  customers.length + listPrice.length + shielded.length > 0;

/** `412 customers, 3 shielded`; of a plan that becomes another `400 customers, 30 stay` */
export function wordReach(cause: Cause): string {
  const { shielded, listPrice, moves } = cause;
  const reached = listPrice
    ? `applies to ${plural(listPrice.length, 'customer')}`
    : plural(reachedNow(cause).length, 'customer');
  const kept = listPrice
    ? 'with a price of their own'
    : moves
      ? shielded.length === 1
        ? 'stays'
        : 'stay'
      : 'shielded';
  return shielded.length > 0 ? `${reached}, ${grouped(shielded.length)} ${kept}` : reached;
}

/** `gives to 2, takes from 410`; `changes` where nobody can tell which. */
export function wordDirections({ gives, takes }: Cause): string {
  const tells = [
    ...(gives > 0 ? [`gives to ${grouped(gives)}`] : []),
    ...(takes > 0 ? [`takes from ${grouped(takes)}`] : []),
  ];
  return tells.length > 0 ? tells.join(', ') : 'changes';
}

/** Of who is new or gone, what a plan and the defaults say is no news. */
export function tellingChanges({ changes, kind, vanished }: CustomerDiff): CustomerDiff['changes'] {
  if (kind !== 'added' && !vanished) return changes;
  return changes.filter(({ path, origin }) => {
    if (vanished) return path === 'plan';
    const isNews = !['plan', 'default', undefined].includes((origin.after ?? origin.before)?.kind);
    return path === 'plan' || path === 'stage' || isNews;
  });
}

/** What became of a customer as such; `''` where only its terms change. */
export const wordKind = ({ kind, vanished }: CustomerDiff): string =>
  kind === 'added' ? 'new' : vanished ? 'its file is gone' : kind === 'closed' ? 'closed' : '';
