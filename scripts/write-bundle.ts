import { readdirSync } from 'node:fs';
import { readKeysets } from '../engine/io/read-keysets.ts';
import { plain } from '../engine/report/plain.ts';
import { UsageError } from '../engine/usage-error.ts';
import { type Bundled, bundleRelease } from '../runtime/client/bundle-release.ts';
import { TermsError } from '../runtime/client/terms-error.ts';
import { openFileStore } from '../runtime/stores/file.ts';
import type { Context } from './command.ts';
import { isSigned } from './open-signing.ts';
import { refuseUnpublished } from './refuse-unpublished.ts';
import { withStore } from './release-tools.ts';

/**
 * Copies the release in force into a folder, to be put into an image.
 *
 * @param folder full path; made where it is not there.
 * @throws UsageError for a folder that holds something else, and where there is no release a reader would take.
 */
export async function writeBundle(context: Context, folder: string): Promise<Bundled> {
  refuseOtherFolder(folder);
  const { environment, channel } = context;
  const keysets = (await isSigned(context)) ? readKeysets(context.root) : [];
  const [first] = keysets;
  if (!first && (await isSigned(context)))
    throw new UsageError(
      `releases of ${environment} are signed, and there is no keyset here to verify them with`,
      'run it in the repository of terms, which has the keys folder',
    );
  const reader = {
    environment,
    channel,
    trust: () => first ?? ('unsigned' as const),
    now: context.now(),
    onRefused: (message: string) => context.writeError(`proviso: the bundle stays as it is: ${plain(message)}\n`),
  };
  try {
    return await withStore(context, (store) => bundleRelease(store, openFileStore(folder), reader, keysets));
  } catch (error) {
    if (error instanceof TermsError && error.code === 'notPublished') await refuseUnpublished(context);
    if (error instanceof TermsError) throw new UsageError(error.message, help[error.code]);
    throw error;
  }
}

const help: Readonly<Partial<Record<TermsError['code'], string>>> = {
  notPublished: 'publish first: `proviso publish`',
  otherPlace: 'check which store belongs to this environment and channel',
  untrusted: 'check the keys folder, and who can write to the store',
  needsNewerReader: 'upgrade proviso here',
};

function refuseOtherFolder(folder: string): void {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return;
    throw new UsageError(`the folder ${folder} cannot be read (${code})`);
  }
  if (names.length > 0 && !names.includes('heads') && !names.includes('packs'))
    throw new UsageError(`the folder ${folder} holds something else`, 'name one that is empty or not there yet');
}
