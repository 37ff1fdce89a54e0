import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeFiles } from './temporary-repository.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * What the compiler says of a file, `line: code message` each. It is written to `folder` as part of a project that uses
 * `proviso`, and is checked as strictly as this one.
 */
export const compileTypes = (folder: string, name: string, text: string): string[] =>
  compileProject(folder, { [name]: text }).map((line) => line.slice(line.indexOf(':') + 1));

/** The same of many files at once, `path:line: code message` each. */
export function compileProject(
  folder: string,
  files: Readonly<Record<string, string>>,
  options: Readonly<Record<string, unknown>> = {},
): string[] {
  writeFiles(folder, {
    ...files,
    'package.json': '{ "type": "module" }',
    'tsconfig.json': JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        rewriteRelativeImportExtensions: false,
        typeRoots: [join(root, 'node_modules/@types')],
        paths: {
          proviso: [join(root, 'runtime/index.ts')],
          'proviso/settings': [join(root, 'schemas/setting.ts')],
          'proviso/enforce': [join(root, 'runtime/enforce/index.ts')],
          'proviso/openfeature': [join(root, 'runtime/openfeature/index.ts')],
        },
        ...options,
      },
      include: [],
      files: Object.keys(files),
    }),
  });
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  try {
    execFileSync(process.execPath, [tsc, '--pretty', 'false', '-p', folder], { cwd: folder, encoding: 'utf8' });
    return [];
  } catch (error) {
    const { stdout } = error as { stdout: string };
    return stdout
      .split('\n')
      .filter((line) => line.includes('): error '))
      .map((line) => line.replace(/^(.*?)\((\d+),\d+\): error /, '$1:$2: '));
  }
}
