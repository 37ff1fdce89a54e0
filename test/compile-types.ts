import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * What the compiler says of a file, `line: code message` each. It is written to `folder` as part of a project that uses
 * `proviso`, and is checked as strictly as this one.
 */
export function compileTypes(folder: string, name: string, text: string): string[] {
  writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        rewriteRelativeImportExtensions: false,
        typeRoots: [join(root, 'node_modules/@types')],
        paths: {
          proviso: [join(root, 'runtime/index.ts')],
          'proviso/settings': [join(root, 'schemas/setting.ts')],
        },
      },
      include: [],
      files: [name],
    }),
  );
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  try {
    execFileSync(process.execPath, [tsc, '--pretty', 'false', '-p', folder], { cwd: folder, encoding: 'utf8' });
    return [];
  } catch (error) {
    const { stdout } = error as { stdout: string };
    return stdout
      .split('\n')
      .filter((line) => line.includes('): error '))
      .map((line) => line.replace(/^.*?\((\d+),\d+\): error /, '$1: '));
  }
}
