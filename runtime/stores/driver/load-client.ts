import { loadOptional, type OptionalPackage } from '../../packages/optional-package.ts';
import { StoreError } from '../store.ts';

/**
 * Loads the npm package a driver speaks through: only who uses the store has it installed.
 *
 * @param kind of stores, in the words of a message.
 * @throws StoreError (`unsuitable`) that says which to install.
 */
export const loadClient = <T>(kind: string, client: OptionalPackage<T>): Promise<T> =>
  loadOptional(client, (problem) => {
    const needed =
      problem === 'missing' ? 'a package that is not installed' : 'a newer client than the one that is installed';
    return new StoreError('unsuitable', `a ${kind} store needs ${needed}: npm install ${client.install}`);
  });
