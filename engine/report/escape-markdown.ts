import { breakReferences } from './break-references.ts';
import { plain } from './plain.ts';

const ACTIVE = /[\\`*_~|[\]]/g;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', $: '<span>$</span>' };

/**
 * Text for a Markdown document of GitHub, in a paragraph, a list, a heading or a cell of a table: one line that shows what
 * the text holds, and in which nothing is formatted or hidden, leads anywhere or notifies anybody.
 */
export function escapeMarkdown(text: string): string {
  const line = plain(text.replace(/\s+/g, ' ').trim());
  const escaped = line
    .replace(ACTIVE, '\\$&')
    .replace(/[&<>$]/g, (active) => entities[active] ?? '')
    .replace(/^([-+=#])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2');
  return breakReferences(escaped);
}
