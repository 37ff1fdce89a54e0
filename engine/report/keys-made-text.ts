import { dayOf, previousDay } from '../../runtime/terms/days.ts';
import { list } from './list.ts';
import { plain } from './plain.ts';
import { plural } from './plural.ts';
import { shellWord } from './shell-word.ts';

/** Keys that were made: ids, and the files their private halves were written to. No key itself. */
export interface KeysMade {
  repo: string;
  /** Of the keyset. */
  version: number;
  /** Of its file, relative to the root. */
  path: string;
  expires: string;
  /** How many root keys it takes. */
  threshold: number;
  roots: readonly { id: string; file: string }[];
  heads: readonly { id: string; file: string }[];
}

export const lastDay = (expires: string): string => previousDay(dayOf(Date.parse(expires)));

/** What was made, and what to do with each file, step by step. */
export function madeText({ repo, path, expires, threshold, roots, heads }: KeysMade): string {
  const [head] = heads;
  const files = list(roots.map(({ file }) => plain(file)));
  return `Keys for the releases of ${plain(repo)}. They count until ${lastDay(expires)}.

  ${roots.map(({ file }) => plain(file)).join('\n  ')}
      ${roots.length === 1 ? 'the root key' : `${plural(roots.length, 'root key')}, of which ${threshold === 1 ? 'any one is' : `${threshold} are`} enough`}: to replace all other keys, once a year or when one was stolen
  ${plain(head?.file ?? '')}
      the head key: signs every release
  ${path}
      the public half of all of them: no secret, belongs in the repository

What to do now:

1. Take ${roots.length === 1 ? 'the root key' : 'each root key to a place of its own'} where no server is: a password safe, a drive in a drawer. Who loses ${roots.length === threshold ? 'one' : `${roots.length - threshold + 1} of them`} cannot replace keys any more.
   Then delete ${files} here.

2. Give the head key to whatever publishes, as the secret PROVISO_HEAD_KEY of its environment. On GitHub:
     gh secret set PROVISO_HEAD_KEY --env production < ${shellWord(head?.file ?? '')}
   It must be a secret of the environment, not of the repository. Then delete the file here.

3. Commit the public keys with a pull request:
     git add ${path}

4. Give the same file to the product, and ship it with the product's code:
     await openTerms({ store, environment: 'production', keys: '${path}' })
   From then on it takes releases signed with these keys, and those that replace them, and nothing else.

5. Before ${lastDay(expires)}: proviso keys rotate --root-key <file of a root key> --out <folder>
   \`proviso keys show\` and \`proviso doctor\` tell how long that is.
`;
}
