import type { Checks } from '../../schemas/approvals.ts';
import { faultsOf } from '../compile/fault.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Entry } from '../model.ts';
import { list } from '../report/list.ts';
import { isOfKind, kindWords, severities } from './policy-of.ts';
import { checks } from './registry.ts';

/** The faults of `policies/checks.yaml` itself: a check or an option there is none of, a value of the wrong kind. */
export function checkPolicyFaults(entry: Entry<Checks> | undefined): Diagnostic[] {
  if (!entry) return [];
  const { report, diagnostics } = faultsOf(entry);
  for (const [name, said] of Object.entries(entry.data)) {
    const check = checks.find((one) => one.name === name);
    if (!check) {
      report([name], 'unknown-check', `no check named ${name}${didYouMean(name, names())}`, {
        key: true,
        help: 'the editor completes their names; policies/README.md lists them',
      });
      continue;
    }
    for (const [key, value] of Object.entries(said)) {
      const option = Object.hasOwn(check.options, key) ? check.options[key] : undefined;
      if (key === 'severity') {
        if (!(severities as readonly unknown[]).includes(value))
          report([name, key], 'wrong-severity', `the severity of ${name} is not one of ${list(severities)}`, {
            help: `without it: ${check.severity}`,
          });
      } else if (!option)
        report([name, key], 'unknown-option', `${name} has no option ${key}${didYouMean(key, keysOf(check))}`, {
          key: true,
          help: `it has ${list(keysOf(check))}`,
        });
      else if (!isOfKind(option, value))
        report([name, key], 'wrong-option', `\`${key}\` of ${name} takes ${kindWords[option.kind]}`, {
          help: `${option.description} Without it: ${defaultText(option.default)}`,
        });
    }
  }
  return diagnostics;
}

const names = (): string[] => checks.map(({ name }) => name);
const keysOf = ({ options }: (typeof checks)[number]): string[] => ['severity', ...Object.keys(options)];
const defaultText = (value: unknown): string => (Array.isArray(value) ? `[${value.join(', ')}]` : String(value));
