import { expressionsIn, knownTo, trustOf } from '../expressions.ts';
import { everyStep } from '../job-facts.ts';
import type { DoctorRule } from '../rule.ts';
import { fieldsOf, textOf } from '../workflow.ts';

/** Inputs of actions that are run as a program. */
const SCRIPT_INPUT = /^(script|inline-?script|run|commands?|eval|code)$/i;

const told = {
  hostile: { severity: 'error', what: 'becomes part of the script, whatever somebody wrote there' },
  unknown: { severity: 'warning', what: 'becomes part of the script, and what it holds comes from elsewhere' },
  harmless: { severity: 'note', what: 'becomes part of the script' },
} as const;

export const scriptInjection: DoctorRule = {
  name: 'script-injection',
  severity: 'error',
  fix: 'pass it through `env:` and use "$NAME" in the script (in JavaScript: process.env.NAME)',
  why: 'a title, branch or label like `$(curl …)` would be run as a command',
  *find(setup) {
    for (const { step, job } of everyStep(setup)) {
      const known = knownTo(job?.workflow.data ?? {}, job?.data ?? {}, step.data);
      const scripts = [
        [step.run, ['run']] as const,
        ...Object.entries(fieldsOf(step.with))
          .filter(([name]) => SCRIPT_INPUT.test(name))
          .map(([name, value]) => [textOf(value), ['with', name]] as const),
      ];
      for (const [script, pointer] of scripts)
        for (const expression of new Set(expressionsIn(script))) {
          const trust = trustOf(expression, known);
          if (!trust) continue;
          const { severity, what } = told[trust];
          const at = step.document.find([...step.pointer, ...pointer], expression);
          yield { message: `${expression} ${what}`, at, severity };
        }
    }
  },
};
