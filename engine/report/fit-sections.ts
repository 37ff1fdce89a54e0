import { Buffer } from 'node:buffer';

/** A part of a Markdown document that shows as much as there is room for, and says how much it does not. */
export interface Section {
  /** What is missed where there is no room for any of it; Markdown. */
  name: string;
  /** Shown wherever anything of the section is; ends in a newline. */
  head: string;
  /** What may be left out, most important first: how many blocks, and each, ending in a newline, when it is asked for. */
  count: number;
  block: (index: number) => string;
  /** How many blocks stand open; those after them are folded under `fold`, which is HTML. */
  open?: number;
  fold?: (count: number) => string;
  /** Said of the blocks there was no room for, by their positions. */
  cut: (hidden: readonly number[]) => string;
  /** After the blocks, shown with the head. */
  tail?: string;
  /** Weight among the sections that want more room than there is; the weightiest is served first. */
  share: number;
}

export interface Fitted {
  text: string;
  /** Names of sections that are missing. */
  missing: readonly string[];
}

const size = (text: string): number => Buffer.byteLength(text);
const openFold = (summary: string): string => `\n<details>\n<summary>${summary}</summary>\n\n`;
const CLOSE_FOLD = '\n</details>\n\n';

/** A block that is too large does not keep smaller ones out; after so many in a row, what is left is no room. */
const TRIES = 50;

interface Planned {
  section: Section;
  isShown: boolean;
  /** Blocks by their position. */
  shown: Map<number, string>;
}

/**
 * Sections one after the other within so many bytes of UTF-8. Each gets its share first, and then what others leave. A
 * section whose head does not fit is missing.
 */
export function fitSections(sections: readonly Section[], most: number): Fitted {
  const planned = sections.map((section): Planned => ({ section, isShown: false, shown: new Map() }));
  const served = [...planned].sort((a, b) => b.section.share - a.section.share);
  let left = most;
  for (const plan of served) {
    const fixed = fixedSize(plan.section);
    plan.isShown = fixed <= left;
    if (plan.isShown) left -= fixed;
  }
  const room = left;
  const all = served.reduce((sum, { section, isShown }) => sum + (isShown ? section.share : 0), 0);
  const fill = ({ section, isShown, shown }: Planned, most: number) => {
    let budget = isShown ? Math.min(left, most) : 0;
    let misses = 0;
    for (let index = 0; index < section.count && misses < TRIES; index += 1) {
      if (shown.has(index)) continue;
      const block = section.block(index);
      const cost = size(block);
      misses = cost > budget ? misses + 1 : 0;
      if (misses > 0) continue;
      shown.set(index, block);
      budget -= cost;
      left -= cost;
    }
  };
  for (const plan of served) fill(plan, Math.floor((room * plan.section.share) / Math.max(all, 1)));
  for (const plan of served) fill(plan, left);
  return {
    text: planned
      .filter(({ isShown }) => isShown)
      .map(write)
      .join('\n'),
    missing: planned.filter(({ isShown }) => !isShown).map(({ section }) => section.name),
  };
}

const hiddenOf = ({ section, shown }: Planned): number[] => positions(section).filter((index) => !shown.has(index));

const positions = ({ count }: Section): number[] => Array.from({ length: count }, (_, index) => index);

/** The most a section takes beside its blocks. */
function fixedSize(section: Section): number {
  const { head, tail = '', count, open = count, cut, fold } = section;
  const folding = fold && count > open ? openFold(fold(count)) + CLOSE_FOLD : '';
  return size(`${head}${tail}${cut(positions(section))}${folding}`) + 2 * '\n'.length;
}

function write({ section, shown }: Planned): string {
  const { head, count, open = count, fold, cut, tail = '' } = section;
  const written = [...shown.entries()].sort(([a], [b]) => a - b).map(([, block]) => block);
  const above = fold ? written.slice(0, open) : written;
  const below = written.slice(above.length);
  const hidden = hiddenOf({ section, shown, isShown: true });
  return [
    head,
    above.join(''),
    fold && below.length > 0 ? `${openFold(fold(below.length))}${below.join('')}${CLOSE_FOLD}` : '',
    hidden.length > 0 ? `${cut(hidden)}\n` : '',
    tail,
  ].join('');
}
