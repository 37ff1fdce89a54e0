import { defineCommand } from '../command.ts';

/** More than that nobody keeps apart. */
const MOST_ROOTS = 16;

export const command = defineCommand({
  summary: 'make the keys that releases are signed with',
  arguments: {},
  options: {
    out: {
      type: 'string',
      value: 'folder',
      required: true,
      summary: 'where the private keys are written: outside of the repository',
    },
    roots: { type: 'string', value: 'n', summary: 'how many root keys, kept in as many places (default: 2)' },
    threshold: { type: 'string', value: 'n', summary: 'how many of them it takes to replace keys (default: 1)' },
    repo: {
      type: 'string',
      value: 'owner/name',
      summary: 'what the repository is called (default: as its remote says)',
    },
    expires: { type: 'string', value: 'day', summary: 'the last day the keys count (default: in a year)' },
  },
  examples: ['proviso keys init --out ~/proviso-keys', 'proviso keys init --out /media/safe --roots 3 --threshold 2'],
  async run(context, _args, options) {
    const [
      { resolve },
      { firstKeyset },
      { shortId },
      { repositoryName },
      { makeKey },
      { keysetPath, readKeysets },
      { findKeyFolder, writeKeyFiles },
      { madeText },
      { parseCount },
      { parseExpiry },
      { UsageError },
    ] = await Promise.all([
      import('node:path'),
      import('../../engine/keys/first-keyset.ts'),
      import('../../engine/keys/short-id.ts'),
      import('../../engine/io/git.ts'),
      import('../../engine/io/make-key.ts'),
      import('../../engine/io/read-keysets.ts'),
      import('../../engine/io/write-key-files.ts'),
      import('../../engine/report/keys-made-text.ts'),
      import('../parse-count.ts'),
      import('../parse-expiry.ts'),
      import('../../engine/usage-error.ts'),
    ]);
    const roots = parseCount('roots', options.roots ?? '2', MOST_ROOTS);
    const threshold = parseCount('threshold', options.threshold ?? '1', roots);
    const expires = parseExpiry(options.expires, context.now());
    if (readKeysets(context.root).length > 0)
      throw new UsageError(
        'this repository has keys already: its keys folder holds them',
        'replace them with `proviso keys rotate`',
      );
    const repo = options.repo ?? (await repositoryName(context.root));
    if (repo.startsWith('local/'))
      throw new UsageError(
        'this repository has no name yet, and keys are made for one',
        'say what it will be called, such as --repo acme/terms, or set its remote first: git remote add origin <address>',
      );
    if (!/^[\w.-]+(\/[\w.-]+)+$/.test(repo))
      throw new UsageError(`"${repo}" is not the name of a repository`, 'it is one like --repo acme/terms');
    const folder = await findKeyFolder(context.root, resolve(context.folder, options.out));

    const rootKeys = Array.from({ length: roots }, makeKey);
    const headKey = makeKey();
    const { hash, envelope, payload } = await firstKeyset(repo, rootKeys, threshold, [headKey], expires);
    const rootFiles = rootKeys.map(({ keyid, pem }) => ({ id: keyid, name: `root-${shortId(keyid)}.pem`, pem }));
    const headFile = { id: headKey.keyid, name: `head-${shortId(headKey.keyid)}.pem`, pem: headKey.pem };
    const path = keysetPath(payload.version);
    writeKeyFiles(folder, [...rootFiles, headFile], { path: resolve(context.root, path), bytes: envelope });

    const fileOf = ({ id, name }: { id: string; name: string }) => ({ id, file: resolve(folder, name) });
    const made = {
      repo,
      version: payload.version,
      keyset: hash,
      path,
      expires,
      threshold,
      roots: rootFiles.map(fileOf),
      heads: [fileOf(headFile)],
    };
    context.writeOut(context.format === 'json' ? `${JSON.stringify({ ...made, diagnostics: [] })}\n` : madeText(made));
    return 0;
  },
});
