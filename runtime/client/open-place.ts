import { existsSync } from 'node:fs';
import { fileStorePath, openStore, withoutSecrets } from '../stores/registry.ts';
import { type ReadStore, StoreError } from '../stores/store.ts';

/** A store, and what whoever finds nothing in it is told. */
export interface PlacedStore extends ReadStore {
  /** Goes on after `nothing is published for local/stable yet`; absent where only the caller knows what store it is. */
  where?(): string;
}

/** Opens the store an option names. @throws StoreError that names the option, and no part of the URL that may be secret */
export async function openPlace(option: 'store' | 'bundle', given: string | ReadStore): Promise<PlacedStore> {
  if (typeof given !== 'string') return given;
  try {
    const store = await openStore(given);
    return Object.assign(store, { where: () => whereIn(option, given) });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new StoreError(error.trouble, `\`${option}\`: ${error.message}${folderMeant(given)}`, { cause: error });
  }
}

function whereIn(option: string, url: string): string {
  const mend = `publish there first (\`proviso publish\`), or mend \`${option}\`, \`environment\` or \`channel\``;
  if (!/^file:/i.test(url)) return ` in ${withoutSecrets(url)}: ${mend}`;
  const folder = fileStorePath(url, process.cwd());
  return ` in the folder ${folder}${existsSync(folder) ? '' : ', which is not there'}: ${mend}`;
}

/** What has no scheme is most often the path of a folder; a text with an `@` may be a URL without one, password and all. */
const folderMeant = (given: string): string =>
  /^[^:@]+$/.test(given) ? `; for the folder ${JSON.stringify(given)} write 'file:${given}'` : '';
