import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { faultsOf } from '../../../engine/compile/fault.ts';
import type { Entry, Model, World } from '../../../engine/model.ts';
import type { SourceFile } from '../../../engine/source-file.ts';
import { checkSettings } from '../../../engine/validate/check-settings.ts';
import { fileKind } from '../../../engine/validate/file-kind.ts';
import { claimsOf, findRepeatedIds } from '../../../engine/validate/repeated-ids.ts';
import type { Customer } from '../../../schemas/customer.ts';
import { type KindName, kindNames } from '../../../schemas/kinds.ts';
import type { Plan } from '../../../schemas/plan.ts';
import type { Settings } from '../../../schemas/setting.ts';
import { anySettings } from '../../../schemas/setting-fields.ts';
import { shapes } from '../../../schemas/shapes.ts';

/**
 * `loadModel` with the packages `yaml` and `zod` in the place of our reader and validators, and the rest as it is.
 * For files without mistakes only: throws at the first one.
 */
export function loadModelUsual(files: readonly SourceFile[], settings: Settings): Model {
  const validators = Object.fromEntries(kindNames.map((kind) => [kind, shapes[kind](anySettings)]));
  const customers = new Map<string, Entry<Customer>>();
  const plans = new Map<string, Entry<Plan>>();
  const policies: Partial<Record<KindName, Entry<unknown>>> = {};
  for (const file of files) {
    const found = fileKind(file.path);
    if (!found || !('kind' in found)) continue;
    const { id, kind } = found;
    const entry = readEntry(file, id, validators[kind] as z.ZodType);
    const { report, diagnostics } = faultsOf(entry);
    checkSettings(kind, entry.data, settings, report);
    if (diagnostics[0]) throw new Error(diagnostics[0].message);
    if (kind === 'customer') customers.set(id, entry as Entry<Customer>);
    else if (kind === 'plan') plans.set(id, entry as Entry<Plan>);
    else policies[kind] = entry;
  }
  const { diagnostics } = findRepeatedIds(
    [...customers.values()].map(({ document }) => document.path),
    Array.from(customers.values(), (entry) => claimsOf(entry)),
  );
  if (diagnostics[0]) throw new Error(diagnostics[0].message);
  return { world: { settings, plans, ...policies, unread: new Set(), digest: '' } as World, customers };
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function readEntry({ path, bytes, oid }: SourceFile, id: string, validator: z.ZodType): Entry<unknown> {
  const parsed = parseDocument(decoder.decode(bytes));
  if (parsed.errors[0]) throw parsed.errors[0];
  const data = validator.parse(parsed.toJS());
  const start = { line: 1, column: 1 };
  return { id, data, oid, document: { path, data, locate: () => ({ path, start }) } };
}
