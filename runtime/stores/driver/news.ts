import { isHash } from '../../snapshot/object.ts';

/** More hashes are not told: all of them fit into any notice, and who has more to read gains little by knowing them. */
const mostNews = 64;

/** What a release brings, as it is told along with the notice; nothing where there is nothing, or too much, to tell. */
export const writeNews = (hashes: readonly string[] = []): string | undefined =>
  hashes.length > 0 && hashes.length <= mostNews && hashes.every(isHash) ? hashes.join(' ') : undefined;

/** What was told along with a notice, by anybody; undefined where it is nothing that `writeNews` writes. */
export function readNews(text: string | undefined): readonly string[] | undefined {
  const hashes = text?.split(' ', mostNews + 1) ?? [];
  return writeNews(hashes) === undefined ? undefined : hashes;
}
