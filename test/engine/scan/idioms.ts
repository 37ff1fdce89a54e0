/** Every way in which a product decides by account, and every look-alike: each language says how it writes each. */

/** Known to the suite: see `accounts.ts`. A case that does not exist in a language is `null`. */
export const decides = [
  'compares with an id',
  'compares the other way round',
  'compares for inequality',
  'compares an ordinary word with an account',
  'compares with a name',
  'compares with a number',
  'compares with a UUID',
  'compares ignoring case',
  'switches on the account',
  'looks in a list',
  'keeps a list and looks in it later',
  'keys a map and reads it later',
  'keys a map of overrides',
  'tests a prefix',
  'tests the domain of an e-mail',
  'matches a pattern',
  'keeps a constant and compares later',
  'names a member of an enumeration',
  'reads an environment variable',
  'asks for a flag',
  'queries for one account',
  'embeds SQL',
  'defaults to an account',
  'compares with an id in no list',
  'compares with a number in no list',
  'keeps a date of one contract',
  'names an approver',
] as const;

export const doesNotDecide = [
  'is a comment',
  'is documentation',
  'is logged',
  'is thrown',
  'is imported',
  'is another kind of thing',
  'is a key of icons',
  'compares two variables',
  'compares with nothing',
  'compares with a sentinel',
  'compares a plan',
  'compares a role',
  'is the id of another thing',
  'is a URL of a vendor',
  'is a test inside the file',
] as const;

export type Decides = (typeof decides)[number];
export type DoesNotDecide = (typeof doesNotDecide)[number];

/** How a language writes each; several ways are several texts. What is on the line that ends in `<<` must be reported, or any line where none does. */
export interface Idioms {
  decides: Readonly<Record<Decides, readonly string[] | null>>;
  doesNotDecide: Readonly<Record<DoesNotDecide, readonly string[] | null>>;
}
