/** What a check is. It says what is wrong and where in the data; `runChecks` adds rule, severity, file, line and column. */
import type { Place, Severity } from '../diagnostic.ts';
import type { Document, Pointer } from '../document.ts';
import type { CheckedChange } from './checked-change.ts';

/** `change`: judges what the change adds or alters. `standing`: judges customers as they stand, those the change touches. */
export type CheckScope = 'change' | 'standing';

/** What one option of a check may be, as people write it in `policies/checks.yaml`. */
export type CheckOption = (
  | { kind: 'count' | 'days'; default: number }
  | { kind: 'percent'; default: number }
  | { kind: 'yesNo'; default: boolean }
  | { kind: 'words'; default: readonly string[] }
) & {
  /** One sentence. */
  description: string;
};

export type CheckOptions = Readonly<Record<string, CheckOption>>;

type ValueOf<O extends CheckOption> = O extends { kind: 'yesNo' }
  ? boolean
  : O extends { kind: 'words' }
    ? readonly string[]
    : number;

/** The options of a check as it reads them: what the policy says, else the defaults. */
export type OptionValues<O extends CheckOptions> = { readonly [Key in keyof O]: ValueOf<O[Key]> };

/** A place in the data of one file. */
export interface DataPlace {
  in: Pick<Document, 'path' | 'locate'>;
  pointer: Pointer;
  /** The key is what is wrong, not its value. */
  key?: boolean;
}

/** A place in the data; a place that is known already; or the path of a file as a whole. */
export type FindingPlace = DataPlace | Place | string;

export interface Finding {
  at: FindingPlace;
  /** What is wrong: one sentence, lower case, no full stop. */
  message: string;
  /** What to do about it. */
  help: string;
  related?: { message: string; at: FindingPlace };
  /** One step less serious than what the check finds else. */
  milder?: boolean;
}

/** Files of a repository by path, as text; `undefined`: not there. */
export type ExampleFiles = Readonly<Record<string, string | undefined>>;

/**
 * Two changes as small files: one in which the check finds something, one in which it does not. What a customer or an
 * exception must say, and what does not matter here, is left out; a test fills it in.
 */
export interface CheckExample {
  /** What both changes start from. */
  before?: ExampleFiles;
  finds: ExampleFiles;
  ignores: ExampleFiles;
}

export interface Check<O extends CheckOptions = CheckOptions> {
  /** Kebab-case: the file's name, the rule's name and the key in `policies/checks.yaml`. */
  name: string;
  /** One sentence for people: what it finds. */
  summary: string;
  scope: CheckScope;
  severity: Severity;
  options: O;
  example: CheckExample;
  find(change: CheckedChange, options: OptionValues<O>): Iterable<Finding>;
}

/** Keeps the types of a check's options together with what reads them. */
export const defineCheck = <const O extends CheckOptions>(check: Check<O>): Check<O> => check;
