import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
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
  const path = 'policies/publish.yaml';
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(join(root, path));
  } catch {
    return undefined;
  }
  const { readDocument } = await import('../engine/document.ts');
  const data = readDocument({ path, bytes, oid: '' }).document?.data;
  // Loosely, because a read must not fail on a policy that `validate` judges.
  const environments = fieldOf(data, 'environments');
  const store = fieldOf(fieldOf(environments, environment), 'store');
  return typeof store === 'string' ? store : undefined;
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
