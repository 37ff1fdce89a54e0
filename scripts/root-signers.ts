import { resolve } from 'node:path';
import { readKeyFile, readKeyText } from '../engine/io/read-private-key.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { Signer } from '../runtime/snapshot/envelope.ts';
import type { Context } from './command.ts';

/** The root keys that were given: files of --root-key, PROVISO_ROOT_KEY_FILE and PROVISO_ROOT_KEY, each once. @throws UsageError */
export function rootSigners({ folder, variables }: Context, files: readonly string[]): Signer[] {
  const { PROVISO_ROOT_KEY: text, PROVISO_ROOT_KEY_FILE: file } = variables;
  const given = [
    ...files.map((path) => readKeyFile(resolve(folder, path), '--root-key')),
    ...(file ? [readKeyFile(resolve(folder, file), 'PROVISO_ROOT_KEY_FILE')] : []),
    ...(text ? [readKeyText(text, 'PROVISO_ROOT_KEY')] : []),
  ];
  if (given.length === 0)
    throw new UsageError(
      'only a root key can replace keys, and none was given',
      'give the file of one with --root-key, or in PROVISO_ROOT_KEY_FILE',
    );
  return [...new Map(given.map((signer) => [signer.keyid, signer])).values()];
}
