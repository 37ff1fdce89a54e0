import type { Settings } from '../../schemas/setting.ts';
import type { SegmentJson, TimelineJson } from '../compile/timeline-json.ts';
import { plain } from './plain.ts';
import { ruleText } from './rule-text.ts';
import { valueText } from './value-text.ts';

/** A timeline for people: the first segment whole, then what changes on each day. */
export function timelineText({ customer, name, segments }: TimelineJson, settings: Settings): string {
  const lines = [plain(`${customer} · ${name}`)];
  let before: Map<string, string> | undefined;
  for (const segment of segments) {
    const now = linesOf(segment, settings);
    lines.push(`  ${segment.from === null ? 'at first' : `from ${segment.from}`}: ${segment.plan}, ${segment.stage}`);
    for (const [key, text] of now)
      if (!before ? !isDefault(key, segment, settings) : before.get(key) !== text)
        lines.push(plain(`    ${key}: ${text}`));
    for (const key of before?.keys() ?? []) if (!now.has(key)) lines.push(plain(`    ${key}: gone`));
    before = now;
  }
  return `${lines.join('\n')}\n`;
}

function linesOf({ settings: values, terms, access }: SegmentJson, settings: Settings): Map<string, string> {
  const lines = new Map<string, string>();
  for (const [key, value] of Object.entries(values)) lines.set(settings[key]?.label ?? key, valueText(value));
  for (const part of ['billing', 'support'] as const)
    for (const [key, value] of Object.entries(terms[part])) lines.set(`${part}.${key}`, valueText(value));
  if (terms.contract) lines.set('contract', valueText(terms.contract));
  for (const { name, roles = [], may = [] } of access.groups) lines.set(`group ${name}`, [...roles, ...may].join(', '));
  for (const rule of access.rules) lines.set(`${rule.action}${rule.group ? ` in ${rule.group}` : ''}`, ruleText(rule));
  return lines;
}

const isDefault = (label: string, segment: SegmentJson, settings: Settings): boolean => {
  const found = Object.entries(settings).find(([key, setting]) => (setting.label ?? key) === label);
  return found !== undefined && valueText(segment.settings[found[0]]) === valueText(found[1].default);
};
