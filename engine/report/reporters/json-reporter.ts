import { flattenDiagnostics } from '../flatten-diagnostics.ts';
import type { Reporter } from '../reporter.ts';

/** For programs: one object on one line, `{...result, diagnostics: [...]}`. */
export const jsonReporter: Reporter = ({ diagnostics, json }) => ({
  out: `${JSON.stringify({ ...json?.(), ...flattenDiagnostics(diagnostics) })}\n`,
});
