import { importRules } from './import-rules.ts';
import { nameRules } from './name-rules.ts';
import type { Module } from './read-module.ts';
import { sourceRules } from './source-rules.ts';

export interface Finding {
  path: string;
  line: number;
  message: string;
}

export interface Rule {
  name: string;
  /** Why there is such a rule, in the words the one who broke it reads. */
  why: string;
  check(module: Module, modules: ReadonlyMap<string, Module>): Finding[];
}

export const rules: readonly Rule[] = [...importRules, ...sourceRules, ...nameRules];

/** Everything the rules find, one line each: `path:line rule: what. Why.` */
export function findViolations(modules: ReadonlyMap<string, Module>): string[] {
  return [...modules.values()].flatMap((module) =>
    rules.flatMap((rule) =>
      rule
        .check(module, modules)
        .map(({ path, line, message }) => `${path}:${line} ${rule.name}: ${message}. ${rule.why}`),
    ),
  );
}
