/** What a command is, and what it is given. One command = one file in `commands/` and one line in `commands/registry.ts`. */
import { reporters } from '../engine/report/registry.ts';
import type { Ask } from './ask.ts';

/** 0 clean · 1 problems found · 2 could not run as asked · 3 store, network or a lost race. */
export type ExitCode = 0 | 1 | 2 | 3;

export type Format = keyof typeof reporters;
export const formats = Object.keys(reporters) as readonly Format[];

export interface Context {
  /** Absolute path of the working folder: where what is named on the command line lies, beside the repository of terms. */
  folder: string;
  /** Absolute path of the repository of terms: `--root`, else the working folder. */
  root: string;
  format: Format;
  /** The moment the command answers for: `--at`, else now. Milliseconds since 1970, and its UTC day. */
  at: { instant: number; day: string };
  /** The clock, whatever `--at` says: when a release is issued. Milliseconds since 1970. */
  now(): number;
  /** Whose head is read and swapped: `--env` (default `local`) and `--channel` (default `stable`). */
  environment: string;
  channel: string;
  /** `--store`, then PROVISO_STORE, then `policies/publish.yaml`'s for the environment, then `file:` of `<root>/.proviso/store`. */
  storeUrl(): Promise<string>;
  /** Whether text on stdout may be coloured. */
  color: boolean;
  quiet: boolean;
  variables: Readonly<Record<string, string | undefined>>;
  /** stdout: the result, and under `json` nothing else. */
  writeOut(text: string): void;
  /** stderr: notices for people. */
  writeError(text: string): void;
  /** The summary of the step of GitHub Actions the command runs in, as Markdown; absent anywhere else. */
  writeSummary?: (markdown: string) => void;
  /** Asks whoever sits at the terminal; absent where nobody does: no terminal, CI, or an output for programs. */
  ask?: Ask;
  /** Resolves when somebody wants the command to end, which goes on until then: Ctrl-C, or whoever runs services. */
  untilStopped(): Promise<void>;
  /** One line that replaces the last one, only on a terminal, not in CI and not under `--quiet`. `''` clears it. */
  progress(line: string): void;
}

export interface ArgumentSpec {
  summary: string;
  required?: boolean;
  /** Takes all that is left; only the last argument may. */
  many?: boolean;
}

export interface OptionSpec {
  summary: string;
  /** `strings` may be given several times. */
  type: 'boolean' | 'string' | 'strings';
  /** What stands for the value in the help: `--base <ref>`. */
  value?: string;
  /** One letter. */
  short?: string;
  required?: boolean;
  oneOf?: readonly string[];
}

export type ArgumentSpecs = Readonly<Record<string, ArgumentSpec>>;
/** Keyed by the long name, kebab-case, without the dashes. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

export type ArgumentValue<A extends ArgumentSpec> = A extends { many: true }
  ? readonly string[]
  : A extends { required: true }
    ? string
    : string | undefined;

export type OptionValue<O extends OptionSpec> = O extends { type: 'boolean' }
  ? boolean
  : O extends { type: 'strings' }
    ? readonly string[]
    : O extends { required: true }
      ? string
      : string | undefined;

export type ArgumentValues<A extends ArgumentSpecs> = { readonly [Name in keyof A]: ArgumentValue<A[Name]> };
export type OptionValues<O extends OptionSpecs> = { readonly [Name in keyof O]: OptionValue<O[Name]> };

/** The words of a command line, as far as they are there. */
export interface Words {
  args: Readonly<Record<string, string | readonly string[] | undefined>>;
  options: Readonly<Record<string, boolean | string | readonly string[] | undefined>>;
}

/**
 * A command's file is loaded to print help, so it imports nothing heavy at its top: `run` imports what it needs.
 * `run` reports what users wrote wrongly and throws `UsageError` (exit 2) or `StoreError` (exit 3) for the rest.
 */
export interface Command<A extends ArgumentSpecs = ArgumentSpecs, O extends OptionSpecs = OptionSpecs> {
  /** Under 60 characters, lower case, no full stop. */
  summary: string;
  arguments: A;
  options: O;
  examples?: readonly string[];
  /** Asks for what is missing and must be known, where somebody can be asked; what it does not ask for is as it was. */
  complete?(context: Context & { ask: Ask }, words: Words): Promise<Words>;
  run(context: Context, args: ArgumentValues<A>, options: OptionValues<O>): Promise<ExitCode>;
}

/** Gives `run` the types of its arguments and options. */
export const defineCommand = <const A extends ArgumentSpecs, const O extends OptionSpecs>(
  command: Command<A, O>,
): Command<A, O> => command;
