import type { Origin } from '../explain.ts';
import { approvedByText } from './approved-by-text.ts';
import { valueText } from './value-text.ts';

const kinds: Record<Origin['kind'], string> = {
  default: 'day-one default',
  plan: 'plan',
  quantity: 'bought',
  addOn: 'add-on',
  exception: 'exception',
  stage: 'stage',
  account: 'account',
  trial: 'trial',
  contract: 'contract',
};

/** Where a value comes from, in three cells: what gives it and until when, the line that says it, and why and by whose approval. */
export function originCells({ origin }: { readonly origin: Origin }): string[] {
  const from = [kinds[origin.kind], origin.kind === 'default' || origin.kind === 'account' ? '' : origin.id]
    .filter(Boolean)
    .join(' ');
  const until = origin.until ? ` until ${origin.until}` : '';
  const held = origin.heldSince
    ? ` (ended; held since ${origin.heldSince}, otherwise ${valueText(origin.wouldBe)})`
    : '';
  const approved = origin.approvedBy && `approved by ${approvedByText(origin.approvedBy)}`;
  const why = [origin.because, origin.owner && `owner ${origin.owner}`, approved].filter(Boolean).join('; ');
  return [`${from}${until}${held}`, `${origin.path}:${origin.line}`, why];
}
