import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../engine/usage-error.ts';
import { dayOf } from '../runtime/terms/days.ts';
import { askOn, type Terminal } from './ask.ts';
import { type Context, type Format, formats } from './command.ts';
import type { globalOptions } from './global-options.ts';
import { parseMoment } from './parse-moment.ts';
import { stepSummary } from './step-summary.ts';

/** What the operating system gives a command; tests give their own. */
export interface System {
  folder: string;
  variables: Readonly<Record<string, string | undefined>>;
  now(): number;
  stdout: { isTTY?: boolean; write(text: string): unknown };
  stderr: { isTTY?: boolean; write(text: string): unknown };
  /** Where keys come in and questions go out. */
  terminal?: Terminal;
  /** Resolves when the process is asked to stop; from the first time it is asked for, that no longer ends the process. */
  untilStopped?(): Promise<void>;
}

type GlobalValues = { readonly [Name in keyof typeof globalOptions]?: string | boolean | readonly string[] };

const NAME = /^[a-z][a-z0-9-]{0,62}$/;

/** `--format`, else what suits where the command runs. Throws `UsageError` for a format there is not. */
export function chooseFormat(given: unknown, variables: System['variables']): Format {
  if (typeof given !== 'string') return variables.GITHUB_ACTIONS === 'true' ? 'github' : 'text';
  const format = formats.find((known) => known === given);
  if (format) return format;
  throw new UsageError(`there is no format "${given}"`, `formats are ${formats.join(', ')}`);
}

/** Everything a command may know of its surroundings. Throws `UsageError` for a flag that makes no sense. */
export function createContext(flags: GlobalValues, system: System): Context {
  const { variables, stdout, stderr } = system;
  const root = resolve(system.folder, text(flags.root) ?? '.');
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`there is no folder ${root}`);
  const at = text(flags.at);
  const now = system.now();
  const quiet = flags.quiet === true;
  const format = chooseFormat(flags.format, variables);
  const showsProgress = stderr.isTTY === true && !quiet && isForPeople(variables);
  const context: Context = {
    folder: resolve(system.folder),
    root,
    format,
    at: at === undefined ? { instant: now, day: dayOf(now) } : parseMoment(at),
    now: () => system.now(),
    environment: named('--env', text(flags.env) ?? 'local'),
    channel: named('--channel', text(flags.channel) ?? 'stable'),
    async storeUrl() {
      const { findStoreUrl } = await import('./find-store-url.ts');
      return findStoreUrl(context, text(flags.store));
    },
    color: format === 'text' && flags['no-color'] !== true && wantsColor(variables, stdout.isTTY === true),
    quiet,
    variables,
    untilStopped: () => system.untilStopped?.() ?? new Promise(() => {}),
    writeOut: (words) => void stdout.write(words),
    writeError: (words) => void stderr.write(words),
    ...(variables.GITHUB_STEP_SUMMARY && { writeSummary: stepSummary(variables.GITHUB_STEP_SUMMARY) }),
    ...(system.terminal && isAttended(system.terminal, format, variables) && { ask: askOn(system.terminal) }),
    progress: (line) => {
      if (showsProgress) stderr.write(`\r\u001b[K${line}`);
    },
  };
  return context;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function named(flag: string, name: string): string {
  if (NAME.test(name)) return name;
  throw new UsageError(`${flag} is a name like production, not "${name}"`);
}

/** Whether somebody sits there who can be asked. */
const isAttended = ({ input, output }: Terminal, format: Format, variables: System['variables']): boolean =>
  input.isTTY === true && output.isTTY === true && output.columns !== 0 && format === 'text' && isForPeople(variables);

/** A job may be given a terminal that is only written down. */
const isForPeople = ({ CI, TERM }: System['variables']): boolean => TERM !== 'dumb' && (!CI || CI === 'false');

/** https://no-color.org and https://force-color.org. */
function wantsColor({ NO_COLOR, FORCE_COLOR, TERM }: System['variables'], isTerminal: boolean): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTerminal && TERM !== 'dumb';
}
