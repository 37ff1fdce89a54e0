import type { Settings } from '../../schemas/setting.ts';
import type { Move } from '../simulate/simulate-move.ts';
import { indent } from './indent.ts';
import { list } from './list.ts';
import { overLimitText } from './over-limit-text.ts';
import { plain } from './plain.ts';
import { grouped, plural } from './plural.ts';
import { table } from './table.ts';

/** What moving everybody on a plan would do, counted by setting, and who would need somebody to look. */
export function moveText(
  { from, plan, at, customers, settings: moved, losers, exceptions, overCap }: Move,
  settings: Settings,
): string {
  const sections = [
    `${plain(`${from} → ${plan} on ${at}: ${customers.length === 0 ? 'no customer with a file has it' : plural(customers.length, 'customer')}`)}\n`,
  ];
  if (customers.length > 0) sections.push(`  ${plain(list(customers, 20))}\n`);
  sections.push('Accounts without a file are not counted: the product knows them, this repository does not.\n');
  const rows = Object.entries(moved).map(([key, { gives, takes, changes }]) => [
    settings[key]?.label ?? key,
    ...[gives, takes, changes].map((count) => (count === 0 ? '' : grouped(count))),
    list(losers[key] ?? [], 5),
  ]);
  const columns = [
    { title: 'setting' },
    ...['gives', 'takes', 'changes'].map((title) => ({ title, align: 'right' as const })),
    { title: 'takes from' },
  ];
  if (rows.length > 0) sections.push(`Settings, by customers\n${indent(table(columns, rows))}`);
  const { kept, dropped, ask } = exceptions;
  if (kept + dropped + ask.length > 0)
    sections.push(
      `Exceptions\n  ${kept} kept, ${dropped} dropped, ${ask.length} asked\n${ask.map(({ customer, id }) => `  ${plain(`${id} of ${customer} must say keep or drop first`)}\n`).join('')}`,
    );
  if (overCap.length > 0)
    sections.push(
      `Over the cap\n${overCap.map((over) => `  ${plain(`${over.customer}: ${overLimitText(over, settings)}`)}\n`).join('')}`,
    );
  return sections.join('\n');
}
