import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { exceptionFlags } from '../../../engine/edit/new-exception.ts';
import { githubFiles } from '../../../engine/github-files/github-files.ts';
import { formFields } from '../../../engine/request/exception-form.ts';

const root = join(import.meta.dirname, '../../..');

/** This repository’s own way: it is proviso, so it builds what it runs, and tests it. */
const here = githubFiles({
  install: 'npm ci --ignore-scripts && npm run build',
  proviso: 'npm run -s proviso --',
  steps: '      - name: Test\n        run: npm test\n',
  owners: {
    terms: '@product-example/deal-desk',
    plans: '@product-example/pricing',
    machinery: '@product-example/platform',
  },
});

it.each(Object.keys(here))('%s is what a new repository of terms would get', (path) => {
  if (process.env.PROVISO_WRITE === '1') {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), here[path] ?? '');
  }
  expect(readFileSync(join(root, path), 'utf8')).toBe(here[path]);
});

it('a company that uses the package runs it from there', () => {
  const files = githubFiles({
    install: 'npm ci --ignore-scripts',
    proviso: 'npx --no-install proviso',
    owners: { terms: '@a/a', plans: '@a/b', machinery: '@a/c' },
  });
  const texts = Object.values(files).join('\n');
  expect(texts).not.toContain('npm run');
  expect(texts.match(/npx --no-install proviso \w+/g)).toEqual([
    'npx --no-install proviso validate',
    'npx --no-install proviso validate',
    'npx --no-install proviso review',
    'npx --no-install proviso review',
    'npx --no-install proviso publish',
    'npx --no-install proviso agenda',
    'npx --no-install proviso request',
  ]);
});

interface Form {
  body: { type: string; id: string; attributes: { label: string; options?: string[] }; validations?: object }[];
}

it('the form asks for everything an exception can say, in texts of either YAML', () => {
  for (const version of ['1.1', '1.2'] as const) {
    const { body } = parse(here['.github/ISSUE_TEMPLATE/exception.yml'] ?? '', { version }) as Form;
    const told = new Set(['asked-by', 'asked-on']);
    expect(body.map(({ id }) => id).sort()).toEqual(
      ['customer', ...exceptionFlags.filter((flag) => !told.has(flag))].sort(),
    );
    expect(new Set(body.map(({ attributes }) => attributes.label)).size).toBe(formFields.length);
    expect(
      body.flatMap(({ attributes }) => attributes.options ?? []).every((option) => typeof option === 'string'),
    ).toBe(true);
  }
});
