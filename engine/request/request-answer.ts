/** Words for whoever asked for an exception through the form. Markdown, of a text that anybody may have written. */

import type { Edit } from '../edit/edit-file.ts';
import { excerptOf } from '../edit/excerpt.ts';
import type { ExceptionWords } from '../edit/new-exception.ts';
import { markdownCode, markdownCodeBlock } from '../report/markdown-code.ts';
import { markdownText } from '../report/markdown-text.ts';
import { plural } from '../report/plural.ts';
import { shellWord } from '../report/shell-word.ts';
import { formFields } from './exception-form.ts';

/** What keeps the record from being written: nothing is lost, because the issue can be edited. */
export const problemsAnswer = (problems: readonly string[]): string =>
  [
    `The record cannot be written yet: ${plural(problems.length, 'thing')} to mend.`,
    '',
    ...problems.map((problem) => `- ${markdownText(problem, 600)}`),
    '',
    'Edit the description above (… → Edit, keep the headings as they are); this is looked at again each time.',
    '',
  ].join('\n');

export interface Written {
  id: string;
  customer: string;
  words: ExceptionWords;
  edits: readonly Edit[];
}

/** The record as it would be written, and the command that writes it: for where no pull request may be opened. */
export const recordAnswer = ({ id, customer, words, edits }: Written): string =>
  [
    `This would be exception ${markdownCode(id)} of ${markdownCode(customer)}:`,
    '',
    markdownCodeBlock(edits.map(excerptOf).join(''), 'diff'),
    'Write it on a branch of your own and open a pull request, by hand or with',
    '',
    markdownCodeBlock(commandLine(customer, words), 'sh'),
  ].join('\n');

export const openedAnswer = (did: 'created' | 'updated' | 'nothing', url: string): string =>
  ({
    created: `Pull request: ${url}\n\nIt says what the exception changes and who approves it. Edit the description above to change it.\n`,
    updated: `Pull request: ${url}\n\nIt has been brought up to date with the description above.\n`,
    nothing: `Pull request: ${url}\n\nPeople have worked on its branch, so it is left as it is: make further changes there.\n`,
  })[did];

/** The command line for a shell; every word is one word, whatever is in it. */
function commandLine(customer: string, words: ExceptionWords): string {
  const flags = formFields.flatMap(({ flag }) => {
    const value = flag === 'customer' ? undefined : words[flag];
    if (value === undefined || value === false) return [];
    if (value === true) return [`--${flag}`];
    return [value].flat().map((one) => `--${flag}=${shellWord(String(one))}`);
  });
  const asked = words['asked-by'] === undefined ? [] : [`--asked-by=${shellWord(String(words['asked-by']))}`];
  return [`proviso new exception ${shellWord(customer)}`, ...flags, ...asked].join(' \\\n  ');
}
