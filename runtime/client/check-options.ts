import { showValue } from './show-value.ts';

/** What an option may be. */
export interface Kind {
  holds(value: unknown): boolean;
  /** What belongs there: `poll of openTerms is 0: it is …`. */
  says: string;
  isRequired?: true;
}

/** A kind for every option there is: the compiler asks for the line of a new one. */
export type Kinds<Options> = { readonly [Name in keyof Options]-?: Kind };

/**
 * Holds options against what they may be: one that is mistyped would be as if nobody had said it.
 *
 * @param call whose options they are: `openTerms`.
 * @throws RangeError that says which option is wrong, with what was given, and what belongs there. An option that may be a URL
 * takes every text: one that holds a password is never shown here.
 */
export function checkOptions(call: string, given: object, table: Readonly<Record<string, Kind>>): void {
  if (!isRecord(given)) throw new RangeError(`${call} takes an object of options; this is ${showValue(given)}`);
  for (const name of Object.keys(given))
    if (!Object.hasOwn(table, name))
      throw new RangeError(`${call} has no option \`${name}\`; it has ${Object.keys(table).join(', ')}`);
  for (const [name, { holds, says, isRequired }] of Object.entries(table)) {
    const value = given[name];
    if (value === undefined ? !isRequired : holds(value)) continue;
    const state = value === undefined ? 'missing' : showValue(value);
    throw new RangeError(`\`${name}\` of ${call} is ${state}: it is ${says}`);
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

export const text = (says: string): Kind => ({ holds: isText, says });

export const oneOf = (...words: readonly string[]): Kind => ({
  holds: (value) => words.includes(value as string),
  says: words.map((word) => `'${word}'`).join(' or '),
});

export const yesOrNo: Kind = { holds: (value) => typeof value === 'boolean', says: 'true or false' };

export const aFunction = (says: string): Kind => ({ holds: (value) => typeof value === 'function', says });

export const wholeFrom = (least: number): Kind => ({
  holds: (value) => Number.isSafeInteger(value) && (value as number) >= least,
  says: `a whole number from ${least} up`,
});

/** Node's own timers fire at once where they are to wait for more than some 24 days: there is always a most. */
export const millisecondsUpTo = (most: number, instead = ''): Kind => ({
  holds: (value) => typeof value === 'number' && value >= 1 && value <= most,
  says: `a number of milliseconds from 1 to ${most.toLocaleString('en')}${instead}`,
});
