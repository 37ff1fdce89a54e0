import { UsageError } from '../engine/usage-error.ts';
import type { Command, Context, ExitCode, OptionSpecs, Words } from './command.ts';
import { commands } from './commands/registry.ts';
import { chooseFormat, createContext, type System } from './context.ts';
import { globalOptions } from './global-options.ts';
import { demandWords, type Given, nameArguments, parseOptions } from './parse-arguments.ts';

/** Runs one command line, from its words to its exit code. Never throws. */
export async function runCommand(argv: readonly string[], system: System): Promise<ExitCode> {
  try {
    return await run(argv, system);
  } catch (error) {
    if (await isForgotten(error)) return runCommand(argv, system);
    const { reportFailure } = await import('./report-failure.ts');
    return reportFailure(error, formatOf(argv, system), system);
  }
}

/** Whether it was kept data that was damaged: without it everything is found out anew. */
async function isForgotten(error: unknown): Promise<boolean> {
  const { TableDamaged } = await import('../engine/io/table/table-damaged.ts');
  if (!(error instanceof TableDamaged)) return false;
  const { forgetRegister } = await import('../engine/io/tree-register.ts');
  forgetRegister(error);
  return true;
}

async function run(words: readonly string[], system: System): Promise<ExitCode> {
  const argv = askedForHelp(words);
  const found = findCommand(argv);
  if (!found) return runWithout(argv, system);
  const { command } = await found.load();
  const specs = { ...globalOptions, ...command.options };
  const { options, positionals } = await parseOptions(found.rest, specs);
  if (options.help) {
    const { commandHelp } = await import('./help.ts');
    system.stdout.write(commandHelp(found.name, command));
    return 0;
  }
  const { args, options: said, context } = await completeWords(command, specs, positionals, options, system);
  const exitCode = await command.run(context, args as never, said as never);
  context.progress('');
  return exitCode;
}

/** What was typed, with what was asked for where somebody could be asked. Throws `UsageError` for what is needed and missing. */
async function completeWords(
  command: Command,
  specs: OptionSpecs,
  positionals: readonly string[],
  options: Given,
  system: System,
): Promise<Words & { context: Context }> {
  const args = nameArguments(positionals, command.arguments);
  const context = command.complete && createContext(options, system);
  const words =
    command.complete && context?.ask
      ? await command.complete({ ...context, ask: context.ask }, { args, options })
      : { args, options };
  demandWords(words, command.arguments, specs);
  return { ...words, context: context ?? createContext(options, system) };
}

/** `proviso help diff` is `proviso diff --help`. */
function askedForHelp(argv: readonly string[]): readonly string[] {
  const at = wordAt(argv);
  return argv[at] === 'help' ? [...argv.slice(0, at), ...argv.slice(at + 1), '--help'] : argv;
}

interface Found {
  name: string;
  load: () => Promise<{ command: Command }>;
  rest: string[];
}

/** The command is the first word that is no option and no option's value; `new customer` is two. */
function findCommand(argv: readonly string[]): Found | undefined {
  const at = wordAt(argv);
  const [first, second] = [argv[at], argv[at + 1]];
  for (const words of [[first, second], [first]]) {
    const name = words.join(' ');
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (load) return { name, load, rest: [...argv.slice(0, at), ...argv.slice(at + words.length)] };
  }
  return undefined;
}

function wordAt(argv: readonly string[]): number {
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? '';
    if (!word.startsWith('-')) return index;
    const option = Object.entries(globalOptions).find(
      ([name, spec]) => word === `--${name}` || ('short' in spec && word === `-${spec.short}`),
    );
    if (option && option[1].type === 'string') index += 1;
  }
  return argv.length;
}

/** No known command: help, the version, or what may have been meant. */
async function runWithout(argv: readonly string[], system: System): Promise<ExitCode> {
  const { options, positionals } = await parseOptions(argv, globalOptions);
  if (options.version) {
    const { version } = await import('./version.ts');
    system.stdout.write(`${version()}\n`);
    return 0;
  }
  if (positionals.length > 0) throw await unknownCommand(positionals);
  const { programHelp } = await import('./help.ts');
  const summaries = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => [name, (await load()).command.summary] as const),
  );
  (options.help ? system.stdout : system.stderr).write(programHelp(summaries));
  return options.help ? 0 : 2;
}

async function unknownCommand(words: readonly string[]): Promise<UsageError> {
  const [first = ''] = words;
  const names = Object.keys(commands);
  const below = names.filter((name) => name.startsWith(`${first} `));
  if (below.length > 0) return new UsageError(`proviso ${first} needs one more word`, `there is: ${below.join(', ')}`);
  const { nearest } = await import('../engine/did-you-mean.ts');
  const meant = nearest(words.slice(0, 2).join(' '), names) ?? nearest(first, names);
  return new UsageError(
    `there is no command "${first}"`,
    meant ? `did you mean "proviso ${meant}"?` : 'see proviso --help',
  );
}

/** Also a command line that cannot be read is answered in the format it asks for. */
function formatOf(argv: readonly string[], system: System): string {
  const at = argv.findIndex((word) => word === '--format' || word.startsWith('--format='));
  const given = at < 0 ? undefined : (argv[at]?.split('=')[1] ?? argv[at + 1]);
  try {
    return chooseFormat(given, system.variables);
  } catch {
    return 'text';
  }
}
