import type { WhySkipped } from './why-skipped.ts';

/** Files of one kind that were not looked at. */
export interface Skipped {
  why: WhySkipped;
  files: number;
  /** The first of them. */
  examples: readonly string[];
}

const MOST_EXAMPLES = 5;

/** Counts what is skipped, in memory that does not grow with the files; the most frequent reason first. */
export function skippedFiles(): { add(path: string, why: WhySkipped): void; list(): Skipped[] } {
  const counts = new Map<WhySkipped, { files: number; examples: string[] }>();
  return {
    add(path, why) {
      const count = counts.get(why) ?? { files: 0, examples: [] };
      counts.set(why, count);
      count.files++;
      if (count.examples.length < MOST_EXAMPLES) count.examples.push(path);
    },
    list: () =>
      [...counts]
        .map(([why, count]) => ({ why, ...count }))
        .sort((a, b) => b.files - a.files || (a.why < b.why ? -1 : 1)),
  };
}
