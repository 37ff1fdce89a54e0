import { describe, expect, it, vi } from 'vitest';
import { runChecks } from '../../../engine/checks/run-checks.ts';
import type { CompiledCustomer } from '../../../engine/compile/compile-customer.ts';
import { changeOf, exampleFiles } from '../../fixtures/checks/example-company.ts';

const compiled: string[] = [];

vi.mock('../../../engine/compile/compile-customer.ts', async (original) => {
  const real = await original<typeof import('../../../engine/compile/compile-customer.ts')>();
  return {
    ...real,
    compileCustomer(...args: Parameters<typeof real.compileCustomer>): CompiledCustomer {
      compiled.push(args[0].id);
      return real.compileCustomer(...args);
    },
  };
});

const MANY = 5000;

/** Many customers, each with an exception of its own that says the same. */
const many = Object.fromEntries(
  Array.from({ length: MANY }, (_, index) => [
    `customers/c${index}.yaml`,
    `exceptions: [{ id: EX-${index}, set: { sessionHours: 8 }, owner: lee@product.example }]`,
  ]),
);

describe('a change of one customer among thousands', () => {
  it('compiles nobody beyond the one it touches, and that one only without each edited exception', async () => {
    const base = exampleFiles(many);
    const head = exampleFiles(many, {
      'customers/acme.yaml':
        'details: { securityContact: s@acme.example }\nexceptions: [{ set: { sessionHours: 8 }, owner: lee@product.example }, { set: { sso: true }, need: One sign-in for all. }]',
    });
    const change = await changeOf(base, head);
    expect(compiled.sort()).toEqual(['acme', 'acme']);
    compiled.length = 0;
    const found = runChecks(change);
    expect(compiled).toEqual(['acme', 'acme']);
    expect(found.map(({ rule }) => rule).sort()).toEqual(['copied-exception', 'owns-too-much', 'repeated-exception']);
    expect(found.find(({ rule }) => rule === 'repeated-exception')?.message).toMatch(
      /^5,001 customers have an exception for sessionHours 8: acme, c0, /,
    );
  }, 60_000);

  it('looks at each customer once where everybody is asked about, whatever they share', async () => {
    const files = exampleFiles(many);
    const change = await changeOf(files, files);
    compiled.length = 0;
    const found = runChecks(change, { all: true });
    expect(compiled.length).toBe(MANY + 1);
    expect(new Set(compiled).size).toBe(MANY + 1);
    expect(found.filter(({ rule }) => rule === 'repeated-exception').length).toBe(1);
  }, 60_000);
});
