import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { companyFiles, packageName, type TextFile } from '../engine/init/company-files.ts';
import { writeSchemas } from '../engine/io/generated-schemas.ts';
import { readShipped } from '../engine/io/read-shipped.ts';
import { writeNewFiles } from '../engine/io/write-new-files.ts';
import { plural } from '../engine/report/plural.ts';
import { shellWord } from '../engine/report/shell-word.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { Context, ExitCode } from './command.ts';
import { report } from './report.ts';
import { version } from './version.ts';

/** Writes everything a repository of terms needs into a folder, and says what to type next. It writes nothing where a file is in the way. */
export async function startRepository(context: Context, dir = '.'): Promise<ExitCode> {
  const root = resolve(context.root, dir);
  if (lstatSync(root, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new UsageError(`${dir} is no folder`, 'name one that is, or that is not there yet');
  const written = companyFiles(readShipped(), { name: packageName(basename(root)), version: version() });
  const files = [...written, ...(await generatedFrom(written))];
  writeNewFiles(root, files);

  const folder = relative(context.root, root);
  const isRepository = existsSync(join(root, '.git'));
  const next = [
    `${folder === '' ? '' : `cd ${shellWord(folder)} && `}npm install`,
    `${isRepository ? '' : 'git init && '}git add --all && git commit --message "Start with proviso"`,
    'npx proviso start',
  ];
  return report(context, {
    diagnostics: [],
    json: () => ({ root, written: files.map(({ path }) => path).sort(), next }),
    text: () =>
      `Wrote ${plural(files.length, 'file')}${folder === '' ? '' : ` to ${folder}`}; README.md says what each folder holds.\nNext:\n${next.map((line) => `  ${line}\n`).join('')}`,
  });
}

/** The catalogue and the schemas, evaluated where nobody else looks: the folder has all files at once or none. */
async function generatedFrom(written: readonly TextFile[]): Promise<TextFile[]> {
  const stage = mkdtempSync(join(tmpdir(), 'proviso-init-'));
  try {
    writeNewFiles(
      stage,
      written.filter(({ path }) => path.startsWith('schemas/')),
    );
    const { files, diagnostics } = await writeSchemas(stage);
    if (diagnostics.length > 0) throw new Error(`the settings to start with are wrong: ${diagnostics[0]?.message}`);
    return files.map((path) => ({ path, text: readFileSync(join(stage, path), 'utf8') }));
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}
