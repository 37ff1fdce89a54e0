import { describe, expect, it } from 'vitest';
import { companyFiles, packageName } from '../../../engine/init/company-files.ts';
import { forCompany } from '../../../engine/init/for-company.ts';

const acme = { name: 'acme-terms', version: '1.2.3' };

describe('a file of this project as a company has it', () => {
  it.each([
    ['stays as it is', 'a\n# b\n', 'a\n# b\n'],
    ['loses lines that only this project has', 'a\n  # only here\n  b\n  c\n  # /only here\nd\n', 'a\nd\n'],
    ['loses them in Markdown', 'a\n<!-- only here -->\n| b |\n<!-- /only here -->\nd\n', 'a\nd\n'],
    ['loses each of several', '# only here\na\n# /only here\nb\n# only here\nc\n# /only here\n', 'b\n'],
    ['loses words within a line', 'a<!-- only here -->, b<!-- /only here -->.\n', 'a.\n'],
    ['gains lines that only others have', 'a:\n  # there: - b\n  # there:   c\n', 'a:\n  - b\n    c\n'],
    [
      'calls the installed program',
      'run: npm run -s proviso -- validate --at 2026-01-01',
      'run: npx proviso validate --at 2026-01-01',
    ],
    [
      'has a name and a version',
      '{{name}} {{version}} {{other}} ${{ github.ref }}',
      'acme-terms 1.2.3 {{other}} ${{ github.ref }}',
    ],
  ])('%s', (_, text, expected) => expect(forCompany(text, acme)).toBe(expected));

  it('goes where it belongs, and nowhere when nothing of it is left', () => {
    const shipped = [
      { path: 'templates/gitignore', text: 'node_modules/\n' },
      { path: 'templates/plans/a@1.yaml', text: 'name: {{name}}\n' },
      { path: 'customers/README.md', text: '# Customers\n' },
      { path: '.github/workflows/own.yml', text: '# only here\non: push\n# /only here\n' },
    ];
    expect(companyFiles(shipped, acme)).toEqual([
      { path: '.gitignore', text: 'node_modules/\n' },
      { path: 'customers/README.md', text: '# Customers\n' },
      { path: 'plans/a@1.yaml', text: 'name: acme-terms\n' },
    ]);
  });
});

it.each([
  ['terms', 'terms'],
  ['Acme Terms (2026)', 'acme-terms-2026'],
  ['..', 'customer-terms'],
])('a folder %j is called %j', (folder, name) => expect(packageName(folder)).toBe(name));
