/**
 * A language the scanner reads: which files are written in it, its grammar, and what its nodes are in words all languages share.
 * One language = one file in `languages/` and one line in its `registry.ts`; `test/engine/scan/contract.test.ts` says what each must find.
 */

import type { Comment } from '../living/suppression.ts';
import type { Situation } from './situation.ts';

/** A node of a parsed file: the part of ast-grep's `SgNode` the scanner uses. Offsets and columns count UTF-16 units, from 0. */
export interface Node {
  id(): number;
  kind(): string;
  text(): string;
  range(): { start: Spot; end: Spot };
  isNamed(): boolean;
  parent(): Node | null;
  children(): Node[];
  field(name: string): Node | null;
  fieldChildren(name: string): Node[];
  findAll(matcher: object): Node[];
  prev(): Node | null;
  next(): Node | null;
  /** What it has been read as, by the part of it that was asked about: the same node is one of several parts of another. */
  shapes?: Map<Node | undefined, Shape | undefined>;
}

export interface Spot {
  line: number;
  column: number;
  index: number;
}

/** What a node does with its parts. A kind without a shape decides nothing: the way up ends there. */
export type Shape =
  /** Its inner expression stands for it: parentheses, await, a cast, an argument's wrapper, a branch of a conditional. */
  | { is: 'through' }
  /** `a === b`, `a in b`, `a =~ b`: the operator as written, one space between words (`not in`). */
  | { is: 'comparison'; operator: string; left: Node; right: Node }
  /** `a || b`, `a ?? b`, `a or b`, `a && b`, `a ?: b`. */
  | { is: 'logic'; operator: string; left: Node; right: Node }
  /** Joins texts: `a + b`, a template. */
  | { is: 'join' }
  /** An array, tuple or set written out. */
  | { is: 'list' }
  /** An object, dictionary or hash written out; holds `pair`s. */
  | { is: 'map' }
  /** One entry of a map or one named argument: `key` as a node, quoted or not. */
  | { is: 'pair'; key: Node; value: Node | undefined }
  /** A call, a constructor, a macro, a decorator with arguments. `name` is the last name of what is called (`has`, `Set`), `receiver` what stands before it. */
  | { is: 'call'; name: string; receiver?: Node; arguments: readonly Node[]; decorator?: true }
  /** `a[b]`. */
  | { is: 'index'; object: Node; key: Node }
  /** `a.b`: a name read from a thing. */
  | { is: 'member'; object: Node; name: Node }
  /** A branch of a switch, case, match or when; `subject` is what is switched on, absent where each branch is a condition. */
  | { is: 'case'; subject: Node | undefined }
  /** `const a: T = b`, `a = b`, a field, a default of a parameter; `name` is what is bound (an identifier, or a member for an assignment to one). */
  | { is: 'binding'; name: Node; value: Node | undefined; type?: Node }
  /** A member of an enumeration; its value may be a part of it. */
  | { is: 'enumMember'; name: Node; enumName: string }
  /** A function, method, class or module: `name` is `''` where it has none. The way up ends here. */
  | { is: 'scope'; name: string; test?: boolean }
  /** Nothing in it decides: an import, a comment, a documentation string, raised or thrown, text of a page. */
  | { is: 'silent' };

/** A literal or a name in a text that has no grammar. Offsets in UTF-16 units, the end exclusive, with what quotes it. */
export interface Reading {
  start: number;
  end: number;
  what: 'string' | 'number' | 'name';
  /** What it says. */
  said: string;
  /** The rest is asked for only where it may name an account. */
  situations(): readonly Situation[];
  /** The function, view or table around it, the nearest first. */
  scopes(): readonly string[];
  /** Only words: a comment in the catalogue, what is raised. */
  isSilent(): boolean;
  /** The smallest condition, entry or row it stands in: offsets in the text. */
  statement(): { start: number; end: number };
}

export interface Language {
  /** Lower case: `typescript`. */
  name: string;
  title: string;
  /** With the dot, lower case. */
  extensions: readonly string[];
  /** Names of files, lower case, that no extension tells. */
  files?: RegExp;
  /** The name of the grammar: one built into ast-grep, or of a package that is loaded when a file needs it; absent where there is none. */
  grammar?: string;
  package?: `@ast-grep/lang-${string}`;
  /** Kinds of nodes that hold a text, quotes included; those inside each other count once, the outer one. */
  strings: readonly string[];
  numbers: readonly string[];
  patterns: readonly string[];
  /** Kinds of nodes that are a name: of a variable, a property, a key, a member. */
  names: readonly string[];
  comments: readonly string[];
  /** What a node of that kind is; `child` is the part of it that is asked about, where one is. */
  shapes: Readonly<Record<string, (node: Node, child?: Node) => Shape | undefined>>;
  /** The text a string or pattern stands for, where it is not what is between its first and last quotes. */
  textOf?(node: Node): string;
  /** Its files hold settings: maps, lists and values, and nothing that compares. */
  settings?: true;
  /** Whether a file in it is never the product's rules, by what it says: a manifest, a schema of data, a workflow. */
  isForeign?(text: string, path: string): boolean;
  /** The text as its grammar can read it, where that has a fault or does not know a template's marks: as long as it was. */
  legible?(text: string): string;
  /** Where comments stand that no grammar tells, or all where there is none: offsets in the text, in order. Those of `parts` are found there. */
  readComments?(text: string): readonly Comment[];
  /** What the grammar does not tell, or everything where there is none. */
  read?(text: string): readonly Reading[];
  /** Parts of a file in another language: the script of a component, a fragment. `text` is as long as the file, all else blanked. */
  parts?(text: string): readonly { language: string; text: string }[];
}
