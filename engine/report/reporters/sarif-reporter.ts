import { formatSarif } from '../format-sarif.ts';
import type { Reporter } from '../reporter.ts';

/** For code scanning and editors: what is wrong, as SARIF; the result itself is not part of it. */
export const sarifReporter: Reporter = ({ diagnostics, tracked = [], rules }, { textOf, folder, version }) => ({
  out: formatSarif([...diagnostics, ...tracked], { textOf, folder, version: version(), rules }),
});
