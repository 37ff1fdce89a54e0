import { UsageError } from '../usage-error.ts';
import type { Language, Node } from './language.ts';
import { rememberNodes } from './remember-nodes.ts';

/** Parses a text; a broken one gives a tree with holes, never an error. */
export type Parse = (text: string) => Node;

/**
 * The parsers of languages. They are native and weigh megabytes, so whoever scans installs them and nobody else: without one this throws `UsageError`
 * that says what to install. All packages there are, are told to the parser at once, since it can be told only once.
 */
export async function openGrammars(languages: readonly Language[]): Promise<(language: Language) => Parse> {
  const parser = await load('@ast-grep/napi');
  const { parse, registerDynamicLanguage } = parser as typeof import('@ast-grep/napi');
  const found: Record<string, never> = {};
  const missing = new Map<string, string>();
  for (const { grammar, package: name } of languages) {
    if (!name || !grammar || grammar in found) continue;
    try {
      const { default: registration } = (await import(name)) as { default: never };
      found[grammar] = registration;
    } catch {
      missing.set(grammar, name);
    }
  }
  if (!registered) {
    registerDynamicLanguage(found);
    registered = true;
  }
  return ({ grammar, title }) => {
    if (!grammar) throw new Error(`${title} has no grammar`);
    const name = missing.get(grammar);
    if (name) throw new UsageError(`the parser of ${title} is not installed`, `npm install --save-dev ${name}`);
    return (text) => rememberNodes(parse(grammar, text).root() as unknown as Node);
  };
}

let registered = false;

async function load(name: string): Promise<unknown> {
  try {
    return await import(name);
  } catch {
    throw new UsageError(`${name} is not installed, with which source is read`, `npm install --save-dev ${name}`);
  }
}
