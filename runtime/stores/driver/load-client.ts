import { StoreError } from '../store.ts';

/** What a driver is to speak through. */
export interface WantedClient<T> {
  /** Of stores, in the words of a message. */
  kind: string;
  /** What to install, in the words of npm: `redis@6.3.1`. */
  packages: string;
  /** Imports within a `try`, which tells bundlers that the package may not be there; then it is `absent`. */
  load(): Promise<T | undefined>;
  /** Whether it has what the driver needs: a product may have an older one, for something else. */
  fits?(client: T): boolean;
}

/**
 * Loads the npm package a driver speaks through: only who uses the store has it installed.
 *
 * @throws StoreError (`unsuitable`) that says which to install.
 */
export async function loadClient<T>({ kind, packages, load, fits = () => true }: WantedClient<T>): Promise<T> {
  const client = await load();
  if (client === undefined)
    throw new StoreError(
      'unsuitable',
      `a ${kind} store needs a package that is not installed: npm install ${packages}`,
    );
  if (!fits(client))
    throw new StoreError(
      'unsuitable',
      `a ${kind} store needs a newer client than the one that is installed: npm install ${packages}`,
    );
  return client;
}

/** What comes of an import that failed because the package is not there, also in a bundle; any other error goes on. */
export function absent(error: unknown): undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
}
