import { breakReferences } from './break-references.ts';
import { plain } from './plain.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Text for HTML, between tags or in a quoted attribute: one line that shows what the text holds. */
export const escapeHtml = (text: string): string =>
  plain(text).replace(/[&<>"'`]/g, (active) => entities[active] ?? '');

/** Text for HTML inside a Markdown document of GitHub, which reads references to people and issues there too. */
export const escapeHtmlInMarkdown = (text: string): string => breakReferences(escapeHtml(text));
