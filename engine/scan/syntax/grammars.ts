import { UsageError } from '../../usage-error.ts';
import type { Language, Node } from './language.ts';
import { MissingParser } from './missing-parser.ts';
import { rememberNodes } from './remember-nodes.ts';

/** Parses a text; a broken one gives a tree with holes, never an error. */
export type Parse = (text: string) => Node;

/** What a package says of its parser. */
interface Registration {
  libraryPath: string;
}

type Parser = typeof import('@ast-grep/napi');

const PARSER = '@ast-grep/napi';

/**
 * The parsers of languages. They are native and weigh megabytes, so whoever scans installs them and nobody else: asked for one that is not
 * there, the answer throws `MissingParser`. All packages there are, are told to the parser at once, since it can be told only once a process.
 * `versions`: of the packages, for what is said of missing ones. `isFile`: whether a parser lies where its package says; told of one that
 * does not, the parser ends the process.
 */
export async function openGrammars(
  languages: readonly Language[],
  { versions = {}, isFile }: { versions?: Readonly<Record<string, string>>; isFile(path: string): boolean },
): Promise<(language: Language) => Parse> {
  const wanted = new Map<string, string>();
  for (const { grammar, package: name } of languages) if (name && grammar) wanted.set(grammar, name);
  const [parser, ...packages] = await Promise.all([PARSER, ...wanted.values()].map(load));
  const known = [...wanted.keys()].flatMap((grammar, at) => usable(grammar, packages[at]));
  const found = Object.fromEntries(known.filter(([, { libraryPath }]) => isFile(libraryPath)));
  const unbuilt = new Set(known.flatMap(([grammar]) => (grammar in found ? [] : [grammar])));
  const broken = parser ? register(parser as Parser, found) : undefined;
  const exact = (name: string): string => (versions[name] ? `${name}@${versions[name]}` : name);
  return ({ grammar, package: name, title }) => {
    if (!grammar) throw new Error(`${title} has no grammar`);
    const missing = [...(parser ? [] : [PARSER]), ...(name && !(grammar in found) ? [name] : [])];
    const rebuild = missing.filter((each) => each === name && unbuilt.has(grammar));
    const install = missing.filter((each) => !rebuild.includes(each)).map(exact);
    if (missing.length > 0) throw new MissingParser([title], { install, rebuild });
    if (name && broken) throw unloadable(title, broken);
    return (text) => rememberNodes((parser as Parser).parse(grammar, text).root() as unknown as Node);
  };
}

/** A package that is not there, or holds nothing for this system. */
async function load(name: string): Promise<unknown> {
  try {
    return await import(name);
  } catch {
    return undefined;
  }
}

function usable(grammar: string, loaded: unknown): [string, Registration][] {
  try {
    const { default: registration } = loaded as { default: Registration };
    return registration.libraryPath ? [[grammar, registration]] : [];
  } catch {
    return [];
  }
}

let registered: { failure: string | undefined } | undefined;

/** Why the parser does not take them; nothing where it does. */
function register(
  { registerDynamicLanguage }: Parser,
  found: Readonly<Record<string, Registration>>,
): string | undefined {
  if (registered) return registered.failure;
  registered = { failure: undefined };
  try {
    registerDynamicLanguage(found as never);
  } catch (error) {
    registered.failure = error instanceof Error ? error.message : String(error);
  }
  return registered.failure;
}

const unloadable = (title: string, why: string): UsageError =>
  new UsageError(
    `the parser of ${title} cannot be loaded here: ${why}`,
    'there are parsers for Linux with glibc, macOS, and Windows on x64: scan in such an image, such as node:22-slim',
  );
