import { SnapshotError } from '../snapshot/object.ts';
import { StoreError } from '../stores/store.ts';
import { type Answer, RequestError } from './route.ts';

/** An answer, and what the log is told where it is nobody's mistake who asked. */
export interface ErrorAnswer {
  answer: Answer;
  /** `fault`: a defect of ours, told with its stack. */
  tell?: { event: 'trouble' | 'fault'; message: string; stack?: string | undefined };
}

/** What is answered to an error. What is unknown says nothing but an id, which is in the log. */
export function answerError(error: unknown, id: string): ErrorAnswer {
  if (error instanceof RequestError) {
    const { status, code, message, body, headers } = error;
    const tell = status >= 500 && error.cause !== undefined ? answerError(error.cause, id).tell : undefined;
    return { answer: { status, headers, json: body ?? { error: { code, message } } }, ...(tell && { tell }) };
  }
  // A damaged release names what is damaged, which is no business of whoever asks for something else; the log names the object,
  // which `proviso verify` names as well, and not whose it is.
  if (error instanceof StoreError || error instanceof SnapshotError)
    return {
      answer: {
        status: 503,
        headers: { 'Retry-After': '1' },
        json: { error: { code: 'unavailable', message: 'what is needed for this cannot be read at the moment' } },
      },
      tell: {
        event: 'trouble',
        message:
          error instanceof StoreError
            ? `the store could not be read: ${error.trouble}`
            : `the release is damaged: object ${error.object} (${error.reason})`,
      },
    };
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return {
    answer: {
      status: 500,
      json: { error: { code: 'fault', message: `something went wrong here; the log has more under ${id}`, id } },
    },
    tell: { event: 'fault', message, stack },
  };
}
