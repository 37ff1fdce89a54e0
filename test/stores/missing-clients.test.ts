import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder, writeFiles } from '../temporary-repository.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a product is told that has only these packages, all of them empty, beside the compiled runtime. */
function toldWith(packages: readonly string[], store: string): string {
  const folder = temporaryFolder();
  cpSync(join(root, 'dist/runtime'), join(folder, 'runtime'), { recursive: true });
  writeFiles(
    folder,
    Object.fromEntries(packages.map((name) => [`node_modules/${name}/index.js`, 'exports.createClient = () => {};\n'])),
  );
  const entry = pathToFileURL(join(folder, 'runtime/index.js')).href;
  const code = `const { openTerms } = await import(${JSON.stringify(entry)});
    await openTerms({ store: ${JSON.stringify(store)} }).catch((error) => console.log(error.message));`;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: folder, encoding: 'utf8' });
}

test.each<[string, string, string, string[]]>([
  ['Redis', 'redis://127.0.0.1:1', 'redis@6.3.1', ['redis']],
  ['postgres:', 'postgres://127.0.0.1:1/x', 'pg@8.23.1', ['pg']],
  ['s3:', 's3://bucket/terms?region=eu-north-1', '@aws-sdk/client-s3@3.1169.0', ['@aws-sdk/client-s3']],
  ['NATS', 'nats://127.0.0.1:1', '@nats-io/transport-node@3.4.0 @nats-io/jetstream@3.4.0', []],
])('a %s store says which client it needs: without one, and with one that is too old', (kind, store, install, old) => {
  const missing = `a ${kind} store needs a package that is not installed: npm install ${install}\n`;
  expect(toldWith([], store)).toContain(missing);
  const tooOld = `a ${kind} store needs a newer client than the one that is installed: npm install ${install}\n`;
  if (old.length > 0) expect(toldWith(old, store)).toContain(tooOld);
});
