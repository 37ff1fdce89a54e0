import type { ApprovalWhen } from '../../schemas/approvals.ts';
import type { Exception } from '../../schemas/exception.ts';
import type { World } from '../model.ts';
import { lineKind, listOf } from './line-kind.ts';

/**
 * Whether a line is about the record of an exception as such: it asks for its kind, decision or area and for nothing that
 * only a value has. A record that takes no effect may also be asked for by the settings and actions it names.
 */
export function matchesRecord(when: ApprovalWhen, record: Exception, world: World): boolean {
  const { kind, decision, area, setting, action, ...others } = when;
  if (lineKind(when) !== 'effect' || Object.values(others).some((wanted) => wanted !== undefined)) return false;
  const named = namedBy(record);
  return (
    [
      kind === undefined || listOf(kind).includes(record.kind),
      decision === undefined || listOf(decision).includes(record.decision),
      area === undefined || listOf(area).some((wanted) => areasOf(record, world).has(wanted)),
      setting === undefined || listOf(setting).some((name) => named.settings.includes(name)),
      action === undefined || listOf(action).some((name) => named.actions.includes(name)),
    ] as const
  ).every(Boolean);
}

/** What takes effect shows as changes of these; only what takes none is asked for by name. */
function namedBy(record: Exception): { settings: readonly string[]; actions: readonly string[] } {
  if (record.decision === 'feature') return { settings: record.settings ?? [], actions: [] };
  if (record.decision !== 'no') return { settings: [], actions: [] };
  return { settings: record.refuses?.settings ?? [], actions: record.refuses?.actions ?? [] };
}

function areasOf(record: Exception, { settings }: World): ReadonlySet<string> {
  const areas = new Set<string>(record.area === undefined ? [] : [record.area]);
  if (record.decision === 'configuration') {
    for (const key of Object.keys({ ...record.set, ...record.add })) {
      const area = Object.hasOwn(settings, key) ? settings[key]?.area : undefined;
      if (area) areas.add(area);
    }
    if (record.access?.length) areas.add('access');
  }
  if (record.decision === 'promise')
    for (const part of ['billing', 'support'] as const) if (record.terms[part]) areas.add(part);
  return areas;
}
