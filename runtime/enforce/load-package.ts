import { MeterError } from './meter-error.ts';

/** What counts, or the client of the place where it is counted. */
export interface WantedPackage<T> {
  /** In the words of a message. */
  purpose: string;
  /** What to install, in the words of npm: `redis@6.3.1`. */
  install: string;
  /** Imports within a `try`, which tells bundlers that the package may not be there; then it is `absent`. */
  load(): Promise<T | undefined>;
  /** Whether it has what is needed of it: a product may have an older one, for something else. */
  fits?(loaded: T): boolean;
}

/**
 * Loads an npm package only who counts that way has installed.
 *
 * @throws MeterError (`packageMissing`)
 */
export async function loadPackage<T>({ purpose, install, load, fits = () => true }: WantedPackage<T>): Promise<T> {
  const loaded = await load();
  if (loaded === undefined)
    throw new MeterError('packageMissing', `${purpose} needs a package that is not installed: npm install ${install}`);
  if (!fits(loaded))
    throw new MeterError(
      'packageMissing',
      `${purpose} needs a newer package than the one that is installed: npm install ${install}`,
    );
  return loaded;
}

/** What comes of an import that failed because the package is not there, also in a bundle; any other error goes on. */
export function absent(error: unknown): undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
}

/** The package that counts, wherever it counts. */
export const loadLimiters = (): Promise<typeof import('rate-limiter-flexible')> =>
  loadPackage({
    purpose: 'counting use',
    install: 'rate-limiter-flexible@11.4.0',
    async load() {
      try {
        return await import('rate-limiter-flexible');
      } catch (error) {
        return absent(error);
      }
    },
    // Versions before 5, which have none for Prisma, count wrongly in Redis.
    fits: (limiters) => 'RateLimiterPrisma' in limiters,
  });
