/** What names an account: its words in one form, whatever their case and punctuation, in clear or hashed. */

/** The forms a text is looked up in: `words` are letters and digits only, lower case, accents gone (`North-Star` → `northstar`). */
export type Spelling = 'words' | 'domain' | 'email' | 'number';

/**
 * How surely a match names the account. `unique`: nothing else is written so (a domain, an address, an id of another system, a full name).
 * `name`: a word that is in no dictionary (hooli). `ordinary`: a word that also means something else (globe, delta), or an acronym.
 * `number`: only where an account is compared.
 */
export type Certainty = 'unique' | 'name' | 'ordinary' | 'number';

/** What of the account is written there. */
export type Naming = 'id' | 'name' | 'alias' | 'domain' | 'external id' | 'person';

export interface Match {
  /** The account's id. */
  account: string;
  certainty: Certainty;
  naming: Naming;
}

export interface Dictionary {
  /**
   * What a text names; the best first, nothing for most. The text is in that spelling already: `wordsOf`, a domain or an address in
   * lower case, the digits of a number. A domain is found under its own name only: ask for each of its suffixes.
   */
  lookUp(spelling: Spelling, text: string): readonly Match[];
  /** Of how many parts (`north-star` has 2) the longest spelling of words consists. */
  mostParts: number;
  /** A file without any of these tokens names no account: see `mark.ts`. */
  marks: Marks;
}

/** A set of tokens by a salted hash of 32 bits: never misses one, and holds hardly any other. `mark.ts` says which tokens. */
export interface Marks {
  salt: number;
  /** 2^20 bits: those of the first 20 bits of every mark, asked first. */
  bits: Uint8Array;
  /** The marks themselves: however many accounts there are, only their own tokens are in the set. */
  exact: ReadonlySet<number>;
  /** Which beginnings and lengths tokens have: those without are not hashed. All of them, where the tokens are not known. */
  gate: Uint8Array;
}
