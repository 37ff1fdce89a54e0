import type { ExceptionWords } from '../edit/new-exception.ts';
import { type FormField, formFields } from './exception-form.ts';

/** What somebody wrote into the form. */
export interface FilledForm {
  customer: string;
  words: ExceptionWords;
  /** What is wrong with it, in sentences for the one who wrote it. */
  problems: readonly string[];
}

const HEADING = /^### (.*?)[ \t]*$/;
/** GitHub's word for a question nobody answered. */
const NOTHING = new Set(['_No response_', 'None', '']);

/**
 * Reads the text of an issue as GitHub's form writes it: a heading for every question, the answer below. undefined where it is no filled form.
 * An answer that holds a heading of the form could be taken for another answer, so it is a problem and never a guess.
 */
export function readForm(body: string): FilledForm | undefined {
  const fields = new Map(formFields.map((field) => [field.label, field]));
  const answers = new Map<string, string[]>();
  const problems: string[] = [];
  let answer: string[] | undefined;
  for (const line of body.split(/\r\n|\r|\n/)) {
    const label = HEADING.exec(line)?.[1] ?? '';
    if (!fields.has(label)) {
      answer?.push(line);
      continue;
    }
    if (answers.has(label))
      problems.push(`the heading "${label}" is there twice: an answer must not hold a line like it`);
    answer = answers.get(label) ?? [];
    answers.set(label, answer);
  }
  if (!answers.has('Customer') || !answers.has('Decision')) return undefined;
  const words: Record<string, string | readonly string[] | boolean> = {};
  for (const [label, lines] of answers) {
    const field = fields.get(label);
    const value = field && valueOf(field, lines);
    if (!field || value === undefined) continue;
    words[field.flag] = value;
    const { options } = field;
    if (options && !(field.flag === 'lowers') && !options.includes(String(value)))
      problems.push(`"${label}" is one of ${options.join(', ')}`);
  }
  const { customer = '', ...rest } = words;
  for (const { flag, label, needed } of formFields)
    if (needed && words[flag] === undefined) problems.push(`"${label}" is not answered`);
  return { customer: String(customer), words: rest, problems };
}

/** Flags that may be given several times, one a line of the answer. */
const several = new Set(['set', 'add', 'access', 'term', 'refuses']);

function valueOf({ flag }: FormField, lines: readonly string[]): string | readonly string[] | boolean | undefined {
  const said = lines.map((line) => line.trim()).filter(Boolean);
  const text = said.join(' ').replace(/\s+/g, ' ').trim();
  if (NOTHING.has(text)) return undefined;
  if (several.has(flag)) return said.map((line) => line.replace(/^[-*]\s+/, ''));
  return flag === 'lowers' ? text === 'yes' : text;
}

/** Words about flags, as words about questions. */
export const inFormWords = (message: string): string =>
  formFields.reduce(
    (text, { flag, label }) => text.replaceAll(new RegExp(`--${flag}(?![\\w-])`, 'g'), `"${label}"`),
    message,
  );
