import { readKeysets } from '../engine/io/read-keysets.ts';
import { shortId } from '../engine/keys/short-id.ts';
import type { Signing } from '../engine/publish/signing.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { OpenOptions } from '../runtime/client/open-terms.ts';
import type { Signer } from '../runtime/snapshot/envelope.ts';
import type { Keyset } from '../runtime/snapshot/keyset.ts';
import type { Context } from './command.ts';
import { headKeyGiven } from './head-key-given.ts';
import { readEnvironments } from './read-environments.ts';

/** How heads of the context's environment are signed; undefined where nobody signs there. @throws UsageError */
export async function openSigning(context: Context): Promise<Signing | undefined> {
  if (!(await isSigned(context))) return undefined;
  const keysets = readKeysets(context.root);
  return { keysets, signers: headSigners(context.variables, keysets.at(-1)) };
}

/** What the product's reader is told of keys in the context's environment. @throws UsageError */
export async function readerTrust(context: Context): Promise<Pick<OpenOptions, 'keys' | 'unsigned'>> {
  if (!(await isSigned(context))) return { unsigned: true };
  const [first] = readKeysets(context.root);
  return first ? { keys: first.envelope } : {};
}

/** Every environment takes signed releases alone, but `local` and those whose policy says `signed: false`. */
export async function isSigned({ root, environment }: Context): Promise<boolean> {
  const environments = (await readEnvironments(root)) ?? {};
  const policy = Object.hasOwn(environments, environment) ? environments[environment] : undefined;
  const said = typeof policy === 'object' && policy !== null ? Reflect.get(policy, 'signed') : undefined;
  return typeof said === 'boolean' ? said : environment !== 'local';
}

function headSigners(variables: Context['variables'], keyset: Keyset | undefined): Signer[] {
  const given = headKeyGiven(variables);
  if (!given || !keyset) return [];
  const { called, signer } = given;
  if (Object.hasOwn(keyset.payload.headKeys, signer.keyid)) return [signer];
  throw new UsageError(
    `${called} is key ${shortId(signer.keyid)}, which is no head key of keyset ${keyset.payload.version}`,
    'give the key that belongs to the newest keyset in the keys folder, or publish from a commit that has its keyset',
  );
}
