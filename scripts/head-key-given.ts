import { readKeyFile, readKeyText } from '../engine/io/read-private-key.ts';
import type { Signer } from '../runtime/snapshot/envelope.ts';
import type { Context } from './command.ts';

/** A head key of the process environment, and the variable it stands in. */
export interface HeadKeyGiven {
  called: 'PROVISO_HEAD_KEY' | 'PROVISO_HEAD_KEY_FILE';
  signer: Signer;
}

/** The head key releases are signed with; undefined where none was given. @throws UsageError where it cannot be read. */
export function headKeyGiven(variables: Context['variables']): HeadKeyGiven | undefined {
  const { PROVISO_HEAD_KEY: text, PROVISO_HEAD_KEY_FILE: file } = variables;
  if (text) return { called: 'PROVISO_HEAD_KEY', signer: readKeyText(text, 'PROVISO_HEAD_KEY') };
  return file ? { called: 'PROVISO_HEAD_KEY_FILE', signer: readKeyFile(file, 'PROVISO_HEAD_KEY_FILE') } : undefined;
}
