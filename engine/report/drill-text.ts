import type { StepResult } from '../publish/rehearse.ts';
import { markdownTable } from './markdown-table.ts';
import { markdownText } from './markdown-text.ts';
import { plain } from './plain.ts';
import { plural } from './plural.ts';
import { table } from './table.ts';

/** A rehearsal that is over. */
export interface Drill {
  environment: string;
  /** Milliseconds, altogether. */
  ms: number;
  steps: readonly StepResult[];
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const titles = ['step', 'result', 'time', 'human', 'what was seen'];
const rowOf = ({ name, result, ms, needsHuman, message }: StepResult): string[] => [
  name,
  result,
  result === 'not run' ? '' : seconds(ms),
  result === 'not run' ? '' : needsHuman ? 'needed' : 'none',
  message,
];

function summary({ steps, ms, environment }: Drill): string {
  const humans = steps.filter(({ needsHuman }) => needsHuman).length;
  const needed = humans === 0 ? 'Nothing needed a human.' : `${plural(humans, 'step')} needed a human.`;
  return `${plural(steps.length, 'step')} in ${seconds(ms)} in ${environment}, whose heads are gone again. ${needed}`;
}

export const drillText = (drill: Drill): string =>
  `${table(
    titles.map((title) => ({ title, ...(title === 'time' && { align: 'right' as const }) })),
    drill.steps.map(rowOf),
  )}${plain(summary(drill))}\n`;

export const drillMarkdown = (drill: Drill): string =>
  `${markdownTable(titles, drill.steps.map(rowOf))}\n${markdownText(summary(drill))}\n`;
