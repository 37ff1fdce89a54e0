import type { ArgumentSpec, Command, OptionSpec } from './command.ts';
import { globalOptions } from './global-options.ts';

const exitCodes: readonly (readonly [string, string])[] = [
  ['0', 'clean'],
  ['1', 'problems found'],
  ['2', 'could not run as asked: arguments, no repository'],
  ['3', 'store, network or a lost race'],
];

/** Columns of a terminal, and of what stands before an explanation at most; longer than that stands on its own line. */
const WIDTH = 80;
const MOST_LEFT = 30;

const TAIL = `\nOptions of every command:\n${rows(optionRows(globalOptions))}\nExit codes:\n${rows(exitCodes)}`;

/** Help for the program: what it is and every command. */
export const programHelp = (summaries: readonly (readonly [string, string])[]): string =>
  'proviso: customer terms as code\n\nUsage: proviso <command> [options]\n\n' +
  `Commands:\n${rows(summaries)}${TAIL}\nHelp for one: proviso <command> --help\n`;

/** Help for one command. */
export function commandHelp(name: string, command: Command): string {
  const args = Object.entries(command.arguments);
  const options = optionRows(command.options);
  return [
    `proviso ${name}: ${command.summary}\n`,
    `\nUsage: proviso ${[name, ...args.map(usageOf), '[options]'].join(' ')}\n`,
    ...(args.length > 0 ? [`\nArguments:\n${rows(args.map(([key, spec]) => [key, spec.summary]))}`] : []),
    ...(options.length > 0 ? [`\nOptions:\n${rows(options)}`] : []),
    ...(command.examples?.length ? [`\nExamples:\n${command.examples.map((line) => `  ${line}\n`).join('')}`] : []),
    TAIL,
  ].join('');
}

function usageOf([name, { required, many }]: [string, ArgumentSpec]): string {
  const word = many ? `${name}…` : name;
  return required ? `<${word}>` : `[${word}]`;
}

function optionRows(options: Readonly<Record<string, OptionSpec>>): [string, string][] {
  return Object.entries(options).map(([name, { short, type, value = 'value', summary, oneOf, required }]) => [
    `${short ? `-${short}, ` : ''}--${name}${type === 'boolean' ? '' : ` <${oneOf?.join('|') ?? value}>`}`,
    `${summary}${type === 'strings' ? '; may be given several times' : ''}${required ? ' (needed)' : ''}`,
  ]);
}

function rows(pairs: readonly (readonly [string, string])[]): string {
  const lefts = pairs.map(([left]) => left.length).filter((length) => length <= MOST_LEFT);
  const indent = Math.max(0, ...lefts) + 4;
  return pairs
    .map(([left, right]) => {
      const explained = wrap(right, WIDTH - indent).join(`\n${' '.repeat(indent)}`);
      const before = left.length > MOST_LEFT ? `  ${left}\n${' '.repeat(indent)}` : `  ${left}`.padEnd(indent);
      return `${before}${explained}\n`;
    })
    .join('');
}

/** At spaces, into lines of at most so many characters; a longer word is a line. */
function wrap(words: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
