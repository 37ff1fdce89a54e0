import { sameValue } from '../../runtime/terms/favour.ts';
import type { Access, Terms } from '../../runtime/terms/timeline.ts';
import type { Settings } from '../../schemas/setting.ts';
import type { SimulatedEvent, Simulation } from '../simulate/simulation.ts';
import { indent } from './indent.ts';
import { originCells } from './origin-cells.ts';
import { overLimitText } from './over-limit-text.ts';
import { plain } from './plain.ts';
import { plural } from './plural.ts';
import { ruleText } from './rule-text.ts';
import { shortText } from './short-text.ts';
import { table } from './table.ts';
import { valueText } from './value-text.ts';

const events: Record<SimulatedEvent, string> = {
  upgrade: 'an upgrade',
  downgrade: 'a downgrade',
  lapse: 'a lapse',
  none: 'no change of rank, no lapse',
};

/** A simulation for people: what changes, what becomes of each exception, what exceeds a cap, and what was supposed. */
export function simulationText(simulation: Simulation, settings: Settings): string {
  const { customer, name, at, event, plan, stage, written, overCap, later } = simulation;
  const head = `${name} (${customer}) on ${at}: ${events[event]}, ${arrow(`${plan.before}, ${stage.before}`, `${plan.after}, ${stage.after}`)}`;
  return [
    `${plain(head)}\n${fullTrialText(simulation)}`,
    block('Supposed', written.length > 0 ? written : ['nothing: the file brings it by itself, or it is so already']),
    settingsText(simulation, settings),
    exceptionsText(simulation),
    block(
      'Over the cap',
      overCap.map((over) => overLimitText(over, settings)),
    ),
    changesText('Terms', rowsOf(simulation.terms.before), rowsOf(simulation.terms.after)),
    accessText(simulation.access),
    block(
      'Then, by itself',
      later.map((next) => `${next.from}: ${next.plan}, ${next.stage}`),
    ),
  ]
    .filter(Boolean)
    .join('\n');
}

/** Else a headline that ends in a trial, which nobody asked for, has no reason. */
const fullTrialText = ({ fullTrial }: Simulation): string =>
  fullTrial
    ? `${plain(`  the ${fullTrial.kind} of ${fullTrial.plan} goes on and now counts fully: they have ${fullTrial.plan} until ${fullTrial.until}`)}\n`
    : '';

const arrow = (before: string, after: string): string => (before === after ? before : `${before} → ${after}`);

const block = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `${title}\n${lines.map((line) => `  ${plain(line)}\n`).join('')}`;

function settingsText({ settings: simulated }: Simulation, settings: Settings): string {
  const all = Object.entries(simulated);
  const shown = all.filter(([, { before, after, origin }]) => !sameValue(before, after) || origin.heldSince);
  const rest = all.length - shown.length;
  const rows = shown.map(([key, { before, after, origin }]) => [
    settings[key]?.label ?? key,
    shortText(valueText(before)),
    shortText(valueText(after)),
    originCells({ origin })[0] ?? '',
  ]);
  const columns = [{ title: 'what' }, { title: 'before' }, { title: 'after' }, { title: 'from' }];
  const others = `${plural(rest, 'setting')} ${rest === 1 ? 'stays as it is' : 'stay as they are'}.\n`;
  if (rows.length === 0) return `Settings\n  none changes\n`;
  return `Settings\n${indent(table(columns, rows))}${rest > 0 ? `  ${others}` : ''}`;
}

function exceptionsText({ exceptions }: Simulation): string {
  if (exceptions.length === 0) return '';
  const rows = exceptions.map(({ id, outcome, why }) => [id, outcome, why]);
  return `Exceptions\n${indent(table([{ title: 'id' }, { title: 'outcome' }, { title: 'why' }], rows))}`;
}

function accessText({ before, after }: Simulation['access']): string {
  const [was, is] = [rulesOf(before), rulesOf(after)];
  return was.size + is.size === 0 ? '' : changesText('Access', was, is);
}

const rulesOf = ({ rules }: Access): Map<string, string> =>
  new Map(
    rules.map((rule) => [`${rule.action}${rule.group === undefined ? '' : ` in ${rule.group}`}`, ruleText(rule)]),
  );

function changesText(title: string, was: ReadonlyMap<string, string>, is: ReadonlyMap<string, string>): string {
  const rows = [...new Set([...was.keys(), ...is.keys()])]
    .map((key) => [key, was.get(key) ?? 'none', is.get(key) ?? 'none'])
    .filter(([, from, to]) => from !== to);
  if (rows.length === 0) return `${title}\n  none changes\n`;
  return `${title}\n${indent(table([{ title: 'what' }, { title: 'before' }, { title: 'after' }], rows))}`;
}

function rowsOf({ billing, support, contract }: Terms): Map<string, string> {
  const rows = new Map<string, string>();
  for (const [part, tree] of Object.entries({ billing, support, contract: contract ?? {} }))
    for (const [key, value] of Object.entries(tree)) rows.set(`${part}.${key}`, shortText(valueText(value)));
  return rows;
}
