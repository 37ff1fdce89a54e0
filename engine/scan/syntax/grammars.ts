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

export interface Installed {
  /** Of the packages, for what is said of missing ones. */
  versions?: Readonly<Record<string, string>>;
  /** Loads a package; throws where it is not there, or holds nothing for this system. */
  load(name: string): unknown;
  /** Whether a parser lies where its package says; told of one that does not, the parser ends the process. */
  isFile(path: string): boolean;
}

/**
 * The parsers of languages. They are native and weigh megabytes, so whoever scans installs them and nobody else, and they are loaded for the
 * first file that needs one: asked for one that is not there, the answer throws `MissingParser`. The packages there are, are told to the parser
 * at once, since it can be told only once a process, and only where a file needs more than what is built into it.
 */
export function openGrammars(
  languages: readonly Language[],
  { versions = {}, load, isFile }: Installed,
): (language: Language) => Parse {
  const loaded = (name: string): unknown => {
    try {
      return load(name);
    } catch {
      return undefined;
    }
  };
  const parserOf = once(() => loaded(PARSER) as Parser | undefined);
  const packages = once(() => {
    const wanted = new Map<string, string>();
    for (const { grammar, package: name } of languages) if (name && grammar) wanted.set(grammar, name);
    const known = [...wanted].flatMap(([grammar, name]) => usable(grammar, loaded(name)));
    const found = Object.fromEntries(known.filter(([, { libraryPath }]) => isFile(libraryPath)));
    const unbuilt = new Set(known.flatMap(([grammar]) => (grammar in found ? [] : [grammar])));
    const parser = parserOf();
    return { found, unbuilt, broken: parser && register(parser, found) };
  });
  const exact = (name: string): string => (versions[name] ? `${name}@${versions[name]}` : name);
  return ({ grammar, package: name, title }) => {
    if (!grammar) throw new Error(`${title} has no grammar`);
    const parser = parserOf();
    const lacking = name && !(grammar in packages().found) ? [name] : [];
    const rebuild = lacking.filter(() => packages().unbuilt.has(grammar));
    const install = [...(parser ? [] : [PARSER]), ...lacking.filter((each) => !rebuild.includes(each))].map(exact);
    if (!parser || lacking.length > 0) throw new MissingParser([title], { install, rebuild });
    const broken = name && packages().broken;
    if (broken) throw unloadable(title, broken);
    return (text) => rememberNodes(parser.parse(grammar, text).root() as unknown as Node);
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function usable(grammar: string, loaded: unknown): [string, Registration][] {
  try {
    const registration = loaded as Registration;
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
