import type { OverCap, Settings } from '../../schemas/setting.ts';
import type { OverLimit } from '../simulate/simulation.ts';
import { grouped } from './plural.ts';

const then: Record<OverCap, (unit: string) => string> = {
  noNewUse: (unit) => `nobody and nothing is removed, no new ${unit} until use is below the cap`,
  readOnly: (unit) => `what is above it can be read and not changed, no new ${unit}`,
  block: () => 'use stops until it is below the cap',
};

/** What exceeds a cap and what happens then, in words: `Seats: 5 in use, 3 allowed, 2 over: nobody …`. */
export function overLimitText({ setting, cap, usage, then: rule }: OverLimit, settings: Settings): string {
  const described = settings[setting];
  const unit = described?.kind === 'limit' ? described.unit : setting;
  const what = rule === null ? 'the setting does not say what happens then' : then[rule](unit);
  return `${described?.label ?? setting}: ${amount(usage)} in use, ${amount(cap)} allowed, ${amount(usage - cap)} over: ${what}`;
}

/** Halves subtract as they are written: 2.3 − 2 is 0.3. */
const amount = (count: number): string =>
  Number.isInteger(count) ? grouped(count) : String(Number(count.toPrecision(12)));
