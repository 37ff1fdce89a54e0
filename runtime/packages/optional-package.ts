/** An npm package that only who uses what needs it has installed. */
export interface OptionalPackage<T> {
  /** What to install, in the words of npm: `redis@6.3.1`. */
  install: string;
  /** Imports within a `try`, which tells bundlers that the package may not be there; then it is `absent`. */
  load(): Promise<T | undefined>;
  /** Whether it has what is needed of it: a product may have an older one, for something else. */
  fits?(loaded: T): boolean;
}

/** Loads it, or throws what `refuse` makes of why it cannot be used. */
export async function loadOptional<T>(
  { load, fits = () => true }: OptionalPackage<T>,
  refuse: (problem: 'missing' | 'tooOld') => Error,
): Promise<T> {
  const loaded = await load();
  if (loaded === undefined) throw refuse('missing');
  if (!fits(loaded)) throw refuse('tooOld');
  return loaded;
}

/** What comes of an import that failed because the package is not there, also in a bundle; any other error goes on. */
export function absent(error: unknown): undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
}
