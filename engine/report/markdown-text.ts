import { clip } from './clip.ts';
import { escapeMarkdown } from './escape-markdown.ts';

/** How often longer than what it shows a text may become by being escaped. */
const LONGER = 3;

/** A text of a file in Markdown, cut where it is long: also one of nothing but active characters stays in bounds. */
export function markdownText(text: string, most = 300): string {
  let shown = clip(text, most);
  let written = escapeMarkdown(shown);
  while (written.length > LONGER * most && shown.length > 1) {
    shown = clip(shown, Math.ceil(shown.length / 2));
    written = escapeMarkdown(shown);
  }
  return written;
}
