import { absent, type OptionalPackage } from './optional-package.ts';

/** The client of PostgreSQL, of releases and of use. */
export const pgPackage: OptionalPackage<typeof import('pg')> = {
  install: 'pg@8.23.1',
  async load() {
    try {
      return await import('pg');
    } catch (error) {
      return absent(error);
    }
  },
  fits: (pg) => 'Pool' in pg,
};
