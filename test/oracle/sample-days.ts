import { expect } from 'vitest';
import { answerOn } from './model.ts';
import { world } from './sample-world.ts';
import type { CustomerData } from './world.ts';

export const year = {
  id: 'C-1',
  plan: 'enterprise@1',
  starts: '2026-02-01',
  ends: '2026-03-31',
  renewal: { kind: 'manual' },
};
export const trial = { kind: 'trial', plan: 'pilot@1', starts: '2026-02-01', ends: '2026-02-28' } as const;
export const later = { ...year, id: 'C-2', starts: '2026-05-01', ends: '2026-06-30', renewal: { kind: 'none' } };

/** `[day, expected]…` of one thing an answer says. */
export function days(
  who: CustomerData,
  read: (answer: ReturnType<typeof answerOn>) => unknown,
  table: [string, unknown][],
  where = world,
) {
  expect(table.map(([day]) => [day, read(answerOn(where, who, day))])).toEqual(table);
}
export const planAndStage = ({ plan, stage }: { plan: string; stage: string }) => `${plan} ${stage}`;
export const setting = (key: string) => (answer: { settings: Record<string, unknown> }) => answer.settings[key];
export const state = (id: string) => (answer: { exceptions: Record<string, string> }) => answer.exceptions[id];
export const billing = (key: string) => (answer: { terms: { billing: Record<string, unknown> } }) =>
  answer.terms.billing[key];
export const support = (key: string) => (answer: { terms: { support: Record<string, unknown> } }) =>
  answer.terms.support[key];
