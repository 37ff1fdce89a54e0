import { absent, loadOptional, type OptionalPackage } from '../packages/optional-package.ts';
import { MeterError } from './meter-error.ts';

/**
 * Loads an npm package only who counts that way has installed.
 *
 * @param purpose in the words of a message.
 * @throws MeterError (`packageMissing`)
 */
export const loadPackage = <T>(purpose: string, wanted: OptionalPackage<T>): Promise<T> =>
  loadOptional(wanted, (problem) => {
    const needed =
      problem === 'missing' ? 'a package that is not installed' : 'a newer package than the one that is installed';
    return new MeterError('packageMissing', `${purpose} needs ${needed}: npm install ${wanted.install}`);
  });

const limiterPackage: OptionalPackage<typeof import('rate-limiter-flexible')> = {
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
};

/** The package that counts, wherever it counts. */
export const loadLimiters = (): Promise<typeof import('rate-limiter-flexible')> =>
  loadPackage('counting use', limiterPackage);
