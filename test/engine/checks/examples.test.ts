import { describe, expect, it } from 'vitest';
import { checks } from '../../../engine/checks/registry.ts';
import { changeSetOf } from '../../../engine/review/change-set.ts';
import { changeOf, exampleFiles, findingsOfExample } from '../../fixtures/checks/example-company.ts';

describe('the example of every check', () => {
  it.each(checks.map((check) => [check.name, check] as const))(
    '%s finds what it says it finds',
    async (name, { example }) => {
      const found = (await findingsOfExample(example, 'finds')).filter(({ rule }) => rule === name);
      expect(found.length).toBeGreaterThan(0);
      for (const { message, help = '' } of found) {
        expect(message).toMatch(/^(?!.*\.$)./);
        expect(help).not.toBe('');
        expect(help).not.toMatch(/\.$/);
      }
    },
  );

  it.each(checks.map((check) => [check.name, check] as const))(
    '%s leaves alone what it says it leaves alone',
    async (name, { example }) => {
      expect((await findingsOfExample(example, 'ignores')).filter(({ rule }) => rule === name)).toEqual([]);
    },
  );

  it.each(checks.map((check) => [check.name, check] as const))('%s is sound on both sides', async (_, { example }) => {
    for (const side of ['finds', 'ignores'] as const) {
      const { base, head } = await changeOf(
        exampleFiles(example.before ?? {}),
        exampleFiles(example.before ?? {}, example[side]),
      );
      const errors = [...base.compiled.diagnostics, ...head.compiled.diagnostics].filter(
        ({ severity }) => severity === 'error',
      );
      expect(errors).toEqual([]);
    }
  });
});

describe('the company that examples start from', () => {
  it('has nothing that any check finds', async () => {
    const change = await changeOf(exampleFiles(), exampleFiles());
    expect(change.diff.customers).toEqual([]);
    expect(changeSetOf).toBeTypeOf('function');
  });
});
