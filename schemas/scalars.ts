/** The words and numbers every file is made of. Only constraints that JSON Schema can say too; the rest are rules of the engine. */
import { z } from 'zod';

/** Text of one form; `words` name the form in the sentence of an error, in the editor too. */
export const textLike = (pattern: RegExp, words: string) =>
  z
    .string(words)
    .regex(pattern, words)
    .meta({ patternErrorMessage: `This is not ${words}.` });

export const text = z.string().regex(/\S/, 'text').meta({ patternErrorMessage: 'This text is empty.' });
export const day = z.iso
  .date('a day as YYYY-MM-DD')
  .meta({ title: 'Day', description: 'A calendar day, UTC.', patternErrorMessage: 'This is not a day as YYYY-MM-DD.' });

const decimal = /^(0|[1-9][0-9]*)(\.[0-9]+)?$/;
export const money = textLike(decimal, 'an amount as a quoted decimal like "49.00"').meta({
  title: 'Amount',
  description: 'A quoted decimal such as `"49.00"`; the currency is the plan\'s.',
});
export const percent = textLike(decimal, 'a percentage as a quoted decimal like "12.5"').meta({
  title: 'Percent',
  description: 'A quoted decimal such as `"12"`.',
});
export const currency = textLike(/^[A-Z]{3}$/, 'a currency code like USD').meta({ title: 'Currency' });
export const key = textLike(/^[a-z][A-Za-z0-9]*$/, 'a name like apiCalls').meta({ title: 'Name' });
export const email = textLike(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'an e-mail address').meta({ title: 'E-mail' });
export const planRef = textLike(/^[a-z][a-z0-9-]*@[1-9][0-9]*$/, 'a plan with its version like studio@2').meta({
  title: 'Plan',
  description: 'A plan and its version: `studio@2` is `plans/studio@2.yaml`.',
});
export const recordId = textLike(
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
  'an id of letters, digits, ".", "_" and "-"',
).meta({
  title: 'Id',
});
export const pricePeriod = z.enum(['month', 'quarter', 'year', 'once']);

/** Lets a value be taken away again where it was said before: `unset` is a word of the language. */
export const orUnset = <T extends z.ZodType>(schema: T) => z.union([schema, z.literal('unset')]);
