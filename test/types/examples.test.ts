import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compileProject } from '../compile-types.ts';
import { temporaryFolder } from '../temporary-repository.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = ['README.md', 'docs/runtime.md', 'docs/enforcement.md', 'docs/openfeature.md'];

/** What examples take from the product around them. */
const product = `
declare const log: { info(...what: unknown[]): void; warn(what: unknown): void };
declare function showSingleSignOn(): void;
declare function refuse(afterMs: number | undefined): void;
declare function accountOf(request: import('express').Request): import('proviso').Account<typeof import('./terms/settings.ts').settings>;
declare function askFor(roles: readonly string[]): Promise<void>;
declare const answered: Readonly<Record<string, string>>;
declare const context: import('@openfeature/server-sdk').EvaluationContext;
`;
const catalogue = `export * from '${join(root, 'schemas/settings.ts')}';\n`;

/**
 * The TypeScript of a page, each line where the page has it: what one example declares, the next ones go on with. An example
 * that begins with a comment which names its file is a file of its own.
 */
function modulesOf(page: string): Record<string, string> {
  const modules: Record<string, string[]> = {};
  const name = `${page.replaceAll('/', '-')}.ts`;
  let into: string | undefined;
  for (const [index, line] of readFileSync(join(root, page), 'utf8').split('\n').entries()) {
    if (into !== undefined && line === '```') into = undefined;
    else if (into !== undefined) {
      const own: string = into === '' && /^\/\/ \S+\.ts\b/.test(line) ? `${index + 1}-${name}` : into || name;
      into = own;
      modules[own] ??= [];
      (modules[own] as string[])[index] = line;
    } else if (line === '```ts') into = '';
  }
  return Object.fromEntries(
    Object.entries(modules).map(([path, lines]) => [
      path,
      `${Array.from(lines, (line) => line ?? '').join('\n')}\nexport {};\n`,
    ]),
  );
}

const examples = Object.assign({}, ...pages.map(modulesOf)) as Readonly<Record<string, string>>;

/** What the compiler says of them, as strictly as it is asked with `--strict`. */
function told(files: Readonly<Record<string, string>>): string[] {
  const folder = temporaryFolder();
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const catalogues = { 'terms/settings.ts': catalogue, 'schemas/settings.ts': catalogue };
  const strict = { noUnusedLocals: false, noUnusedParameters: false };
  return compileProject(folder, { ...files, ...catalogues, 'product.d.ts': product }, strict);
}

test('every example of the pages compiles as it stands there', () => {
  expect(Object.keys(examples)).toHaveLength(pages.length + 1);
  expect(told(examples)).toEqual([]);
});

test('and one that does not is found, at its line', () => {
  const page = 'docs-runtime.md.ts';
  const text = examples[page] ?? '';
  const line = text.split('\n').findIndex((each) => each.includes('settings.sso')) + 1;
  expect(line).toBeGreaterThan(1);
  const found = told({ ...examples, [page]: text.replace('settings.sso', 'settings.ssso') });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(new RegExp(`^${page}:${line}: TS`));
});
