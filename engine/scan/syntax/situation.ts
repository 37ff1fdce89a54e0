import type { Node } from './language.ts';

/** How a literal takes part in a decision. */
export type How =
  | 'equality'
  | 'case'
  | 'membership'
  | 'key'
  | 'affix'
  | 'pattern'
  | 'query'
  | 'enum'
  | 'environment'
  | 'flag'
  | 'fallback'
  | 'argument'
  | 'decorator'
  | 'property'
  | 'element'
  | 'held'
  | 'named'
  | 'setting';

/** Where a literal or a name stands, in words all languages share. */
export interface Situation {
  how: How;
  /** What it is compared with or looked up by, as it is written. */
  subject?: string;
  /** What holds it: the names of the constant, map, list, enumeration, property or function around it, the nearest first. */
  holders: readonly string[];
  /** Texts of the literals or keys beside it. */
  peers: readonly string[];
  /** What a key or a name gives, as it is written, at most 200 characters. */
  gives?: string;
  /** Of what stands in a file of settings: whether it is a key, an element of a list, in a record that stands in a list. */
  setting?: { isKey: boolean; isElement: boolean; isRecord: boolean };
  /** The constant it is bound to, and in what. */
  bound?: Bound;
  /** Where the decision falls, when that is not where the literal stands: a constant's use. */
  use?: Node;
}

/** What is known of a literal when a constant holds it: enough to go on from where that constant is used. */
export interface Bound {
  name: string;
  isKey: boolean;
  lists: number;
  holders: readonly string[];
  peers: readonly string[];
}
