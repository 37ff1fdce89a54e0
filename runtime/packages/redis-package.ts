import { absent, type OptionalPackage } from './optional-package.ts';

/** The client of Redis, of releases and of use. */
export const redisPackage: OptionalPackage<typeof import('redis')> = {
  install: 'redis@6.3.1',
  async load() {
    try {
      return await import('redis');
    } catch (error) {
      return absent(error);
    }
  },
  fits: (redis) => 'DEFAULT_RESP' in redis,
};
