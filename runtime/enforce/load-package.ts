import { MeterError } from './meter-error.ts';

/**
 * Loads an npm package only who counts that way has installed.
 *
 * @param install what to install, in the words of npm: `redis@6.3.1`.
 * @throws MeterError (`packageMissing`)
 */
export async function loadPackage<T>(purpose: string, install: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new MeterError('packageMissing', `${purpose} needs a package that is not installed: npm install ${install}`, {
      cause: error,
    });
  }
}

/** The package that counts, wherever it counts. */
export const loadLimiters = (): Promise<typeof import('rate-limiter-flexible')> =>
  loadPackage('counting use', 'rate-limiter-flexible@11.4.0', () => import('rate-limiter-flexible'));
