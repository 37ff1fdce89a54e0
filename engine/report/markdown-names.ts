import { list } from './list.ts';
import { markdownText } from './markdown-text.ts';

/** Names of a file in one phrase of Markdown; of many the first ones and how many more. */
export const markdownNames = (names: readonly string[], most: number): string =>
  list(
    names.map((name, index) => (index < most ? markdownText(name, 80) : name)),
    most,
  );
