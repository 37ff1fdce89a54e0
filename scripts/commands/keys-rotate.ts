import { defineCommand } from '../command.ts';

const MOST_ROOTS = 16;

export const command = defineCommand({
  summary: 'replace the keys that sign releases, or renew them',
  arguments: {},
  options: {
    'root-key': {
      type: 'strings',
      value: 'file',
      summary: 'a root key; also PROVISO_ROOT_KEY_FILE or PROVISO_ROOT_KEY',
    },
    out: { type: 'string', value: 'folder', summary: 'where new private keys are written: outside of the repository' },
    keep: { type: 'strings', value: 'id', summary: 'a head key that goes on to count (default: none does)' },
    renew: { type: 'boolean', summary: 'make no head key, and let those that are there count longer' },
    'new-root': { type: 'boolean', summary: 'make another root key' },
    'drop-root': { type: 'strings', value: 'id', summary: 'a root key that no longer counts' },
    threshold: { type: 'string', value: 'n', summary: 'how many root keys it takes from now on (default: as before)' },
    expires: { type: 'string', value: 'day', summary: 'the last day the keys count (default: in a year)' },
  },
  examples: [
    'proviso keys rotate --root-key /media/safe/root-3f9c2a71b604.pem --out ~/proviso-keys',
    'proviso keys rotate --root-key /media/safe/root-3f9c2a71b604.pem --renew',
  ],
  async run(context, _args, options) {
    const [
      { resolve },
      { nextKeyset },
      { shortId },
      { makeKey },
      { keysetPath, readKeysets },
      { findKeyFolder, writeKeyFiles },
      { rotatedText },
      { rootSigners },
      { parseCount },
      { parseExpiry },
      { UsageError },
    ] = await Promise.all([
      import('node:path'),
      import('../../engine/keys/next-keyset.ts'),
      import('../../engine/keys/short-id.ts'),
      import('../../engine/io/make-key.ts'),
      import('../../engine/io/read-keysets.ts'),
      import('../../engine/io/write-key-files.ts'),
      import('../../engine/report/keys-rotated-text.ts'),
      import('../root-signers.ts'),
      import('../parse-count.ts'),
      import('../parse-expiry.ts'),
      import('../../engine/usage-error.ts'),
    ]);
    const { keep, renew, 'new-root': isRootNew, 'drop-root': droppedRoots } = options;
    if (renew && keep.length > 0)
      throw new UsageError('--renew keeps every head key, and --keep says which', 'say one of them');
    const threshold =
      options.threshold === undefined ? {} : { threshold: parseCount('threshold', options.threshold, MOST_ROOTS) };
    const expires = parseExpiry(options.expires, context.now());
    const before = readKeysets(context.root).at(-1);
    if (!before) throw new UsageError('this repository has no keys yet', 'make them with `proviso keys init`');
    const isNew = !renew || isRootNew;
    if (isNew && options.out === undefined)
      throw new UsageError(
        '--out <folder> is needed: a private key is written there',
        'name one outside of the repository',
      );
    const folder =
      isNew && options.out !== undefined
        ? await findKeyFolder(context.root, resolve(context.folder, options.out))
        : context.folder;
    const signers = rootSigners(context, options['root-key']);

    const newHeads = renew ? [] : [makeKey()];
    const newRoots = isRootNew ? [makeKey()] : [];
    const { payload, hash, envelope } = await nextKeyset(before, signers, {
      expires,
      newHeads,
      keptHeads: renew ? 'all' : keep,
      newRoots,
      droppedRoots,
      ...threshold,
    });
    const named = (kind: string) => (key: (typeof newHeads)[number]) => ({
      id: key.keyid,
      name: `${kind}-${shortId(key.keyid)}.pem`,
      pem: key.pem,
    });
    const [heads, roots] = [newHeads.map(named('head')), newRoots.map(named('root'))];
    const path = keysetPath(payload.version);
    writeKeyFiles(folder, [...roots, ...heads], { path: resolve(context.root, path), bytes: envelope });

    const fileOf = ({ id, name }: { id: string; name: string }) => ({ id, file: resolve(folder, name) });
    const goneFrom = (keys: object, then: object): string[] =>
      Object.keys(keys).filter((id) => !Object.hasOwn(then, id));
    const made = {
      repo: payload.repo,
      version: payload.version,
      keyset: hash,
      path,
      expires,
      threshold: payload.rootThreshold,
      roots: roots.map(fileOf),
      heads: heads.map(fileOf),
      droppedHeads: goneFrom(before.payload.headKeys, payload.headKeys),
      droppedRoots: goneFrom(before.payload.rootKeys, payload.rootKeys),
    };
    context.writeOut(
      context.format === 'json' ? `${JSON.stringify({ ...made, diagnostics: [] })}\n` : rotatedText(made),
    );
    return 0;
  },
});
