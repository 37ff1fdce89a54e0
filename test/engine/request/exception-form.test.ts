import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { exceptionFlags } from '../../../engine/edit/new-exception.ts';
import { exceptionForm, formFields } from '../../../engine/request/exception-form.ts';

interface Form {
  body: { type: string; id: string; attributes: { label: string; options?: string[] }; validations?: object }[];
}

it('the form on GitHub is the one that is read', () => {
  const path = join(import.meta.dirname, '../../../.github/ISSUE_TEMPLATE/exception.yml');
  expect(readFileSync(path, 'utf8')).toBe(exceptionForm());
});

it('the form asks for everything an exception can say, in texts of either YAML', () => {
  for (const version of ['1.1', '1.2'] as const) {
    const { body } = parse(exceptionForm(), { version }) as Form;
    const told = new Set(['asked-by', 'asked-on']);
    const asked = exceptionFlags.filter((flag) => !told.has(flag));
    expect(body.map(({ id }) => id).sort()).toEqual(['customer', ...asked].sort());
    expect(new Set(body.map(({ attributes }) => attributes.label)).size).toBe(formFields.length);
    expect(
      body.flatMap(({ attributes }) => attributes.options ?? []).every((option) => typeof option === 'string'),
    ).toBe(true);
  }
});
