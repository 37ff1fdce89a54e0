import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Context } from './command.ts';

/**
 * Where releases lie: the flag, PROVISO_STORE, what `policies/publish.yaml` says of the environment, else `file:` of `.proviso/store`.
 * A `file:` address comes back absolute; a relative one starts at the root.
 */
export async function findStoreUrl(context: Context, flag: string | undefined): Promise<string> {
  const given = flag ?? (context.variables.PROVISO_STORE || undefined) ?? (await storeOfEnvironment(context));
  return absolute(context.root, given ?? 'file:./.proviso/store');
}

/** What names no folder is left as it is: opening it says what is wrong. */
function absolute(root: string, url: string): string {
  const path = url.startsWith('file:') && !url.startsWith('file://') ? url.slice('file:'.length) : '';
  return path === '' ? url : pathToFileURL(resolve(root, path)).href;
}

async function storeOfEnvironment({ root, environment }: Context): Promise<string | undefined> {
  const { readEnvironments } = await import('./read-environments.ts');
  const store = fieldOf(fieldOf(await readEnvironments(root), environment), 'store');
  return typeof store === 'string' ? store : undefined;
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
