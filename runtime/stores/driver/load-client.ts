import { StoreError } from '../store.ts';

/**
 * Loads the npm package a driver speaks through: only who uses the store has it installed.
 *
 * @param packages what to install, in the words of npm: `redis@6.3.1`.
 * @throws StoreError (`unsuitable`) that says which to install.
 */
export async function loadClient<T>(kind: string, packages: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new StoreError(
      'unsuitable',
      `a ${kind} store needs a package that is not installed: npm install ${packages}`,
      {
        cause: error,
      },
    );
  }
}
