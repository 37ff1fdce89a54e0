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
    const gone = untilNobodyTypes(input);
    const asked = { message: plain(message), input, output, signal: gone.signal };
    const answer = await (choices
      ? select({
          ...asked,
          ...(initial !== undefined && { initialValue: initial }),
          options: choices.map(({ value, hint }) => ({
            value,
            label: plain(value),
            ...(hint !== undefined && { hint: plain(hint) }),
          })),
        })
      : text({
          ...asked,
          ...(initial !== undefined && { initialValue: initial }),
          validate: (words = '') => complaint(words.trim(), check),
        })
    ).finally(gone.stop);
    if (isCancel(answer)) throw new UsageError('you stopped; nothing was written');
    return String(answer).trim();
  };

/**
 * Aborted when no more keys come: who asks takes Ctrl-D for the end of the input, stops reading, and would wait for ever, so
 * that the process ends in the middle of a question with nothing said.
 */
function untilNobodyTypes(input: Terminal['input']): { signal: AbortSignal; stop(): void } {
  const gone = new AbortController();
  let due: NodeJS.Immediate | undefined;
  // An answer ends the reading too; it is known by then.
  const onPause = (): void => {
    due = setImmediate(() => gone.abort());
  };
  input.on('pause', onPause);
  return {
    signal: gone.signal,
    stop() {
      input.off('pause', onPause);
      clearImmediate(due);
    },
  };
}

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
