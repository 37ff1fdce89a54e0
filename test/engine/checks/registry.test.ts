import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isOfKind } from '../../../engine/checks/policy-of.ts';
import { checks } from '../../../engine/checks/registry.ts';
import { generateSchemas } from '../../../engine/schemas/generate-schemas.ts';
import { smallSettings } from '../../fixtures/small-repository.ts';

const room = new URL('../../../engine/checks/', import.meta.url);
const others = ['registry', 'check', 'check-policy', 'checked-change', 'policy-of', 'run-checks'];

describe('the registry of checks', () => {
  it('has a line for every file, called like the file, and no other', () => {
    const files = readdirSync(room).flatMap((name) => (name.endsWith('.ts') ? [name.slice(0, -3)] : []));
    expect(checks.map(({ name }) => name)).toEqual(files.filter((name) => !others.includes(name)).sort());
  });

  it.each(checks.map((check) => [check.name, check] as const))(
    '%s says what it finds and what its numbers are',
    (_, check) => {
      expect(check.summary).toMatch(/^\p{Ll}.*[^.]$/u);
      for (const [key, option] of Object.entries(check.options)) {
        expect(key).not.toBe('severity');
        expect(isOfKind(option, option.default)).toBe(true);
        expect(option.description).toMatch(/^\p{Lu}.*\.$/u);
      }
    },
  );

  it('is told whole in the readme of the policies, with the numbers that count', () => {
    const rows = new Map(
      readFileSync(new URL('../../../policies/README.md', import.meta.url), 'utf8')
        .split('\n')
        .flatMap((line): [string, string[]][] => {
          const [, name, ...cells] = line.split('|').map((cell) => cell.trim());
          const check = /^`([a-z-]+)`$/.exec(name ?? '')?.[1];
          return check === undefined ? [] : [[check, cells]];
        }),
    );
    const shown = (value: unknown) => (Array.isArray(value) ? `[${value.join(', ')}]` : String(value));
    for (const { name, severity, summary, options } of checks)
      expect([name, rows.get(name)?.slice(0, 3)]).toEqual([
        name,
        [
          severity,
          summary,
          Object.entries(options)
            .map(([key, option]) => `\`${key}\` ${shown(option.default)}`)
            .join(', '),
        ],
      ]);
  });

  it('is what an editor completes: every check, its severity and its options', () => {
    const file = generateSchemas(smallSettings).find(({ path }) => path.endsWith('checks.schema.json'));
    const schema = JSON.parse(file?.text ?? '{}') as {
      additionalProperties: boolean;
      properties: Record<
        string,
        { description: string; properties: Record<string, { default: unknown; description: string }> }
      >;
    };
    expect(schema.additionalProperties).toBe(false);
    expect(Object.keys(schema.properties)).toEqual(checks.map(({ name }) => name));
    for (const { name, severity, options } of checks) {
      const { description = '', properties = {} } = schema.properties[name] ?? {};
      expect(description.length).toBeGreaterThan(20);
      expect(Object.fromEntries(Object.entries(properties).map(([key, option]) => [key, option.default]))).toEqual({
        severity,
        ...Object.fromEntries(Object.entries(options).map(([key, option]) => [key, option.default])),
      });
    }
  });
});
