/** Calls a listener of the product: what it throws, at once or as a promise, is told and stops nobody else. */
export function callSafely<T>(listener: (what: T) => unknown, what: T, onFailure: (error: unknown) => void): void {
  try {
    const answer = listener(what);
    if (answer instanceof Promise) answer.catch(onFailure);
  } catch (error) {
    onFailure(error);
  }
}
