import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StoreError, type WriteStore } from './store.ts';

/** `url` as written, `base` the folder relative paths start from. */
type OpenStore = (url: string, base: string) => Promise<WriteStore>;

/** Every kind of store by the scheme of its URL; a driver is loaded when it is first asked for. */
export const storeDrivers: Readonly<Record<string, OpenStore>> = {
  file: async (url, base) => (await import('./file.ts')).openFileStore(fileStorePath(url, base)),
  redis: async (url, base) => (await import('./redis.ts')).openRedisStore(url, base),
  rediss: async (url, base) => (await import('./redis.ts')).openRedisStore(url, base),
  nats: async (url, base) => (await import('./nats.ts')).openNatsStore(url, base),
  postgres: async (url) => (await import('./postgres.ts')).openPostgresStore(url),
  s3: async (url) => (await import('./s3.ts')).openS3Store(url),
};

/** Other schemes of a URL that mean one of these. */
const alsoCalled: Readonly<Record<string, string>> = { postgresql: 'postgres' };

/**
 * Opens the store a URL names; nothing is created before the first write. Readers take the result as a `ReadStore`.
 *
 * @param base the folder relative paths in the URL start from; default: the working folder.
 * @throws StoreError (`unsuitable`) when no driver knows the scheme; it does not repeat the URL, which may hold a password.
 */
export async function openStore(url: string, base: string = process.cwd()): Promise<WriteStore> {
  const written = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  const scheme = written !== undefined && Object.hasOwn(alsoCalled, written) ? alsoCalled[written] : written;
  const known = Object.keys(storeDrivers)
    .map((each) => `${each}:`)
    .join(', ');
  if (scheme === undefined)
    throw new StoreError('unsuitable', `a store is named by a URL such as file:./.proviso/store (known: ${known})`);
  const open = Object.hasOwn(storeDrivers, scheme) ? storeDrivers[scheme] : undefined;
  if (!open) throw new StoreError('unsuitable', `there is no store of kind "${scheme}:" (known: ${known})`);
  return open(url, base);
}

/** A store's URL as it may be printed: user names, passwords and query values are left out. */
export function withoutSecrets(url: string): string {
  return url.replace(/\/\/.*@/s, '//***@').replace(/\?.*$/s, '?***');
}

/** The folder a URL `file:` names. @throws StoreError (`unsuitable`) */
export function fileStorePath(url: string, base: string): string {
  const path = url.slice('file:'.length);
  if (!path.startsWith('//')) {
    if (path === '') throw new StoreError('unsuitable', 'file: needs a folder, for example file:./.proviso/store');
    return resolve(base, path);
  }
  try {
    return fileURLToPath(url);
  } catch {
    throw new StoreError(
      'unsuitable',
      'file:// needs the full path of a folder on this machine (file:///srv/proviso); for a relative one write file:./folder',
    );
  }
}
