/** What waits for one reader. It holds so much and no more: who does not read is sent away. */
export interface EventQueue extends AsyncIterable<string> {
  /** Where the reader is too slow for one more, it is ended instead. */
  send(text: string): void;
  /** Nothing is taken after this; `last` is what the reader still gets. */
  end(last?: string): void;
  /** Everything that was sent has been taken. */
  readonly isEmpty: boolean;
}

/**
 * @param most Characters that may wait.
 * @param tooSlow What a reader is left with that is sent away, in place of what it did not read.
 * @param onEnd Called once, however it ends.
 */
export function openQueue(most: number, tooSlow: () => string, onEnd: () => void): EventQueue {
  let waiting: string[] = [];
  let size = 0;
  let isOpen = true;
  let wake: (() => void) | undefined;

  function end(last?: string): void {
    if (!isOpen) return;
    isOpen = false;
    if (last !== undefined) waiting.push(last);
    wake?.();
    onEnd();
  }

  return {
    get isEmpty() {
      return waiting.length === 0;
    },
    send(text) {
      if (!isOpen) return;
      if (size + text.length > most) {
        waiting = [];
        return end(tooSlow());
      }
      waiting.push(text);
      size += text.length;
      wake?.();
    },
    end,
    async *[Symbol.asyncIterator]() {
      try {
        for (;;) {
          if (waiting.length > 0) {
            const text = waiting.join('');
            waiting = [];
            size = 0;
            yield text;
          } else if (isOpen) {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          } else return;
        }
      } finally {
        end();
      }
    },
  };
}
