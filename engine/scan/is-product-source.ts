import ignore, { type Ignore } from 'ignore';
import { isTranslation } from './is-translation.ts';
import { kindByFolder } from './kind-by-folder.ts';
import { kindByName } from './kind-by-name.ts';
import type { ScanPolicy } from './policy.ts';
import type { NoSource } from './why-skipped.ts';

export type SourceAnswer = { source: true } | { source: false; why: NoSource };

export interface PathContext {
  /** The folder that is scanned, from the top of its repository: `''` or such as `packages/api/`. Who names `test/` wants it looked at. */
  folder?: string;
  /** Whether some language reads a file of that path. */
  isLanguage?: (path: string) => boolean;
}

type Globs = Pick<ScanPolicy, 'include' | 'exclude'>;

const compiled = new WeakMap<Globs, { include: Ignore; exclude: Ignore }>();

/** Globs are read once for a policy, not once for a file. */
function globsOf(policy: Globs): { include: Ignore; exclude: Ignore } {
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
  const globs = globsOf(policy);
  const isIncluded = policy.include.length > 0 && globs.include.ignores(path);
  if (!isIncluded) {
    if (policy.exclude.length > 0 && globs.exclude.ignores(path)) return no('excluded');
    const folders = path.split('/');
    const name = folders.pop() ?? '';
    const from = folder === '' ? 0 : folder.split('/').length - 1;
    const kind =
      kindByFolder(folders, from) ?? (isTranslation(folders, name, from) ? 'translation' : kindByName(folders, name));
    if (kind) return no(kind);
  }
  return isLanguage === undefined || isLanguage(path) ? source : no('not a language');
}
