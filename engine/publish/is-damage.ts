/** Whether a store found by itself that what it holds cannot be read as it was written. */
export const isDamage = (error: unknown): error is Error =>
  error instanceof Error && error.name === 'StoreError' && Reflect.get(error, 'trouble') === 'damaged';
