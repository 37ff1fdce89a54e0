import type { ContractTerms } from '../../runtime/terms/timeline.ts';
import type { Settings } from '../../schemas/setting.ts';
import type { Explanation } from '../explain.ts';
import { approvedByText } from './approved-by-text.ts';
import { indent } from './indent.ts';
import { originCells } from './origin-cells.ts';
import { plain } from './plain.ts';
import { ruleText } from './rule-text.ts';
import { shortText } from './short-text.ts';
import { table } from './table.ts';
import { valueText } from './value-text.ts';

/** An explanation for people, as support would read it aloud; one setting in full, where one was asked for. */
export function explanationText(explanation: Explanation, settings: Settings, only?: string): string {
  const { customer, name, at, plan, stage } = explanation;
  const head = plain(`${name} (${customer}) on ${at}: ${plan}, ${stage}`);
  const chosen = Object.entries(explanation.settings).filter(([key]) => only === undefined || key === only);
  const said = chosen.filter(([, { origin }]) => only !== undefined || origin.kind !== 'default');
  const rows = said.map(([key, explained]) => [
    settings[key]?.label ?? key,
    shortText(valueText(explained.value)),
    ...originCells(explained),
  ]);
  const { kind, id, path, line } = explanation.planOrigin;
  const moved = kind === 'plan' ? `${plain(`${id} became ${plan}: ${path}:${line}`)}\n` : '';
  const sections = [`${head}\n${moved}`, section('Settings', rows)];
  if (only !== undefined) return sections.join('\n');
  const byDefault = chosen.length - said.length;
  if (byDefault > 0)
    sections.push(
      `${byDefault === 1 ? '1 more setting is at its' : `${byDefault} more settings are at their`} day-one default.\n`,
    );
  for (const part of ['billing', 'support'] as const)
    sections.push(
      section(
        part === 'billing' ? 'Billing' : 'Support',
        Object.entries(explanation.terms[part]).map(([key, explained]) => [
          key,
          shortText(valueText(explained.value)),
          ...originCells(explained),
        ]),
      ),
    );
  const { contract } = explanation.terms;
  if (contract) sections.push(`${plain(`Contract ${contract.id}: ${contractText(contract)}`)}\n`);
  const rules = explanation.access.rules.map((rule) => [
    rule.action,
    ruleText(rule),
    rule.group ?? 'everybody',
    rule.exception,
  ]);
  if (rules.length > 0)
    sections.push(
      `Access\n${indent(table([{ title: 'action' }, { title: 'rule' }, { title: 'for' }, { title: 'exception' }], rules))}`,
    );
  const addOns = explanation.addOns.map(({ id, quantity, state, because, path, line }) => [
    id,
    String(quantity),
    because ? `${state}: ${because}` : state,
    `${path}:${line}`,
  ]);
  if (addOns.length > 0)
    sections.push(
      `Add-ons\n${indent(table([{ title: 'id' }, { title: 'quantity' }, { title: 'state' }, { title: 'where' }], addOns))}`,
    );
  sections.push(exceptionsText(explanation.exceptions));
  return sections.filter(Boolean).join('\n');
}

function exceptionsText(exceptions: Explanation['exceptions']): string {
  if (exceptions.length === 0) return '';
  const isKnown = exceptions.some(({ approvedBy }) => approvedBy !== undefined);
  const titles = ['id', 'state', 'decision', 'need', 'owner', ...(isKnown ? ['approved by'] : []), 'where'];
  const rows = exceptions.map(({ id, state, decision, need, owner, approvedBy = [], path, line }) => [
    id,
    state,
    decision,
    need,
    owner,
    ...(isKnown ? [approvedByText(approvedBy)] : []),
    `${path}:${line}`,
  ]);
  return `Exceptions\n${indent(
    table(
      titles.map((title) => ({ title })),
      rows,
    ),
  )}`;
}

function contractText({ signed, starts, ends, renewal, promises = [] }: ContractTerms): string {
  return [
    `from ${starts} ${ends ? `to ${ends}` : 'month to month'}`,
    signed ? `signed ${signed}` : '',
    renewal ? `renewal ${valueText(renewal.kind)}` : '',
    renewal?.noticeDays === undefined ? '' : `${valueText(renewal.noticeDays)} days' notice`,
    ...promises.map(({ what, owner }) => `promised: ${valueText(what)} (${valueText(owner)})`),
  ]
    .filter(Boolean)
    .join('; ');
}

function section(title: string, rows: string[][]): string {
  if (rows.length === 0) return '';
  const columns = [{ title: 'what' }, { title: 'value' }, { title: 'from' }, { title: 'where' }, { title: 'why' }];
  return `${title}\n${indent(table(columns, rows))}`;
}
