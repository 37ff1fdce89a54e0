import ignore, { type Ignore } from 'ignore';
import type { ScanPolicy } from '../policy.ts';
import { translationsIn } from './is-translation.ts';
import { kindByFolder } from './kind-by-folder.ts';
import { kindByName } from './kind-by-name.ts';
import type { NoSource } from './why-skipped.ts';

export type SourceAnswer = { source: true } | { source: false; why: NoSource };

export interface PathContext {
  /** The folder that is scanned, from the top of its repository: `''` or such as `packages/api/`. Who names `test/` wants it looked at. */
  folder?: string;
  /** Whether some language reads a file of that path. */
  isLanguage?: (path: string) => boolean;
}

type Globs = Pick<ScanPolicy, 'include' | 'exclude'>;

interface Compiled {
  include: Ignore;
  exclude: Ignore;
  /** What was said of the folder last asked about: files come folder by folder. */
  last?: {
    folder: string;
    scanned: string;
    kind: NoSource | undefined;
    folders: readonly string[];
    isTranslation(name: string): boolean;
  };
}

const compiled = new WeakMap<Globs, Compiled>();

/** Globs are read once for a policy, not once for a file. */
function compile(policy: Globs): Compiled {
  const known = compiled.get(policy);
  if (known) return known;
  const read = (globs: readonly string[]): Ignore => ignore({ ignorecase: false }).add([...globs]);
  const globs = { include: read(policy.include), exclude: read(policy.exclude) };
  compiled.set(policy, globs);
  return globs;
}

const source: SourceAnswer = { source: true };
const no = (why: NoSource): SourceAnswer => ({ source: false, why });

/**
 * Whether the file of a path, from the top of its repository and with `/`, holds behaviour of the product. Only whole parts of the
 * path and the patterns by which tools know their files count. What the policy includes wins over all, what it excludes over the rest.
 */
export function isProductSource(
  path: string,
  policy: Globs,
  { folder = '', isLanguage }: PathContext = {},
): SourceAnswer {
  const known = compile(policy);
  const isIncluded = policy.include.length > 0 && known.include.ignores(path);
  if (!isIncluded) {
    if (policy.exclude.length > 0 && known.exclude.ignores(path)) return no('excluded');
    const kind = kindOf(path, folder, known);
    if (kind) return no(kind);
  }
  return isLanguage === undefined || isLanguage(path) ? source : no('not a language');
}

function kindOf(path: string, scanned: string, known: Compiled): NoSource | undefined {
  const start = path.lastIndexOf('/') + 1;
  const folder = path.slice(0, start);
  let { last } = known;
  if (folder !== last?.folder || scanned !== last.scanned) {
    const folders = folder === '' ? [] : folder.slice(0, -1).split('/');
    const from = scanned === '' ? 0 : scanned.split('/').length - 1;
    const isTranslation = translationsIn(folders, from);
    last = known.last = { folder, scanned, kind: kindByFolder(folders, from), folders, isTranslation };
  }
  if (last.kind) return last.kind;
  const name = path.slice(start);
  return last.isTranslation(name) ? 'translation' : kindByName(last.folders, name);
}
