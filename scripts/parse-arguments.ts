import { parseArgs } from 'node:util';
import { UsageError } from '../engine/usage-error.ts';
import type { ArgumentSpecs, OptionSpecs, Words } from './command.ts';

export type Given = Readonly<Record<string, boolean | string | readonly string[] | undefined>>;

/**
 * Reads options and positionals. Node's own `parseArgs` splits the words, because it costs nothing at start
 * (a parser from npm adds a fifth of Node's start time to every command); the wording is ours.
 * Throws `UsageError` for what is not understood.
 */
export async function parseOptions(
  argv: readonly string[],
  specs: OptionSpecs,
): Promise<{ options: Given; positionals: string[] }> {
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(specs).map(([name, { type, short }]) => [
        name,
        { type: type === 'boolean' ? ('boolean' as const) : ('string' as const), ...(short && { short }) },
      ]),
    ),
  });
  const options: Record<string, boolean | string | readonly string[] | undefined> = {};
  for (const [name, { type }] of Object.entries(specs))
    options[name] = type === 'boolean' ? false : type === 'strings' ? [] : undefined;
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined;
    if (!spec) throw await unknownOption(token.rawName, Object.keys(specs));
    if (spec.type === 'boolean') {
      if (token.value !== undefined) throw new UsageError(`${token.rawName} takes no value`);
      options[token.name] = true;
      continue;
    }
    if (token.value === undefined || (!token.inlineValue && /^-./.test(token.value)))
      throw new UsageError(`${token.rawName} needs a value: ${token.rawName} <${spec.value ?? 'value'}>`);
    if (spec.oneOf && !spec.oneOf.includes(token.value))
      throw new UsageError(`${token.rawName} is one of ${spec.oneOf.join(', ')}, not "${token.value}"`);
    const before = options[token.name];
    options[token.name] =
      spec.type === 'strings' ? [...(Array.isArray(before) ? before : []), token.value] : token.value;
  }
  return { options, positionals };
}

async function unknownOption(typed: string, names: readonly string[]): Promise<UsageError> {
  const { nearest } = await import('../engine/did-you-mean.ts');
  const meant = typed.startsWith('--') ? nearest(typed.slice(2), names) : undefined;
  return new UsageError(`there is no option ${typed}`, meant ? `did you mean --${meant}?` : 'see --help');
}

/** Throws `UsageError` for what is needed and was not said. */
export function demandWords({ args, options }: Words, argumentSpecs: ArgumentSpecs, specs: OptionSpecs): void {
  for (const [name, { required, value = 'value' }] of Object.entries(specs))
    if (required && options[name] === undefined) throw new UsageError(`--${name} <${value}> is needed`);
  for (const [name, { required, summary }] of Object.entries(argumentSpecs)) {
    const words = args[name];
    if (required && (typeof words === 'object' ? words.length === 0 : words === undefined))
      throw new UsageError(`<${name}> is needed: ${summary}`);
  }
}

/** Gives positionals their names. Throws `UsageError` where there are too many. */
export function nameArguments(
  positionals: readonly string[],
  specs: ArgumentSpecs,
): Record<string, string | readonly string[] | undefined> {
  const named: Record<string, string | readonly string[] | undefined> = {};
  let next = 0;
  for (const [name, { many }] of Object.entries(specs)) {
    named[name] = many ? positionals.slice(next) : positionals[next];
    next = many ? positionals.length : next + 1;
  }
  if (positionals.length > next) throw new UsageError(`"${positionals[next]}" is one argument too many`, 'see --help');
  return named;
}
