import type { Readable, Writable } from 'node:stream';
import { plain } from '../engine/report/plain.ts';
import { UsageError } from '../engine/usage-error.ts';

/** Where somebody sits: keys come in, questions go out. */
export interface Terminal {
  input: Readable & { isTTY?: boolean };
  output: Writable & { isTTY?: boolean; columns?: number };
}

export interface Question {
  message: string;
  /** What can be chosen, with a word on each; without it the answer is typed. */
  choices?: readonly { value: string; hint?: string | undefined }[];
  /** What stands there already, to be taken or changed. */
  initial?: string;
  /** Throws `UsageError` for an answer that cannot be meant. */
  check?(words: string): unknown;
}

/** Asks one question and gives its answer. Throws `UsageError` when whoever is asked gives up. */
export type Ask = (question: Question) => Promise<string>;

/** Questions on a terminal. What asks is loaded with the first question, because few commands ever ask. */
export const askOn =
  ({ input, output }: Terminal): Ask =>
  async ({ message, choices, initial, check }) => {
    const { isCancel, select, text } = await import('@clack/prompts');
    const asked = { message: plain(message), input, output };
    const answer = choices
      ? await select({
          ...asked,
          ...(initial !== undefined && { initialValue: initial }),
          options: choices.map(({ value, hint }) => ({
            value,
            label: plain(value),
            ...(hint !== undefined && { hint: plain(hint) }),
          })),
        })
      : await text({
          ...asked,
          ...(initial !== undefined && { initialValue: initial }),
          validate: (words = '') => complaint(words.trim(), check),
        });
    if (isCancel(answer)) throw new UsageError('you stopped; nothing was written');
    return String(answer).trim();
  };

/** Why an answer cannot be taken, as a person reads it. */
function complaint(words: string, check: Question['check']): string | undefined {
  if (words === '') return 'this has to be said';
  try {
    check?.(words);
    return undefined;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return plain(error.help ? `${error.message}; ${error.help}` : error.message);
  }
}
