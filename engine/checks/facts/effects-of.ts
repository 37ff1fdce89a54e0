import { canonicalJson } from '../../../runtime/snapshot/canonical-json.ts';
import type { TermsTree } from '../../../runtime/terms/timeline.ts';
import type { Exception } from '../../../schemas/exception.ts';
import { isTree } from '../../compile/terms-tree.ts';
import { valueText } from '../../report/value-text.ts';

/** One thing an exception does. */
export interface Effect {
  /** Equal for equal effects, whoever has them: `set seats 50`. */
  key: string;
  /** What it acts on: `seats`, `exportReports`, `billing.paymentTerms`. */
  subject: string;
  kind: 'set' | 'add' | 'access' | 'term';
  /** In words: `seats 50`. */
  words: string;
}

/** Everything an exception does, one by one; groups are the customer's own and tell no two rules apart. */
export function effectsOf(exception: Exception): Effect[] {
  if (exception.decision === 'promise')
    return leavesOf(exception.terms).map(([path, value]) =>
      effectOf('term', path, value, `${path} ${valueText(value)}`),
    );
  if (exception.decision !== 'configuration') return [];
  return [
    ...Object.entries(exception.set ?? {}).map(([key, value]) =>
      effectOf('set', key, value, `${key} ${valueText(value)}`),
    ),
    ...Object.entries(exception.add ?? {}).map(([key, value]) => effectOf('add', key, value, `${value} more ${key}`)),
    ...(exception.access ?? []).map(({ action, approver, only }) => {
      const ruled = [...(only ? [`only ${only.join(' and ')}`] : []), ...(approver ? [`approved by ${approver}`] : [])];
      return effectOf('access', action, [approver ?? null, only ?? null], `${action}: ${ruled.join(', ')}`);
    }),
  ];
}

const effectOf = (kind: Effect['kind'], subject: string, value: unknown, words: string): Effect => ({
  key: `${kind} ${subject} ${canonicalJson(value)}`,
  subject,
  kind,
  words,
});

function leavesOf(tree: TermsTree, prefix = ''): [string, unknown][] {
  return Object.entries(tree).flatMap(([key, value]): [string, unknown][] =>
    isTree(value) ? leavesOf(value, `${prefix}${key}.`) : [[`${prefix}${key}`, value]],
  );
}
