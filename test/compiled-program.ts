import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const compiled = join(project, 'node_modules', '.cache', 'proviso-tests');

/**
 * Where a program that tests start lies compiled; `test/tsconfig.programs.json` lists them. Node reads it in a quarter of
 * the time that it takes to load what compiles TypeScript on the way, and some tests start a hundred.
 */
export const compiledProgram = (source: URL): string =>
  join(compiled, relative(project, fileURLToPath(source)).replace(/\.ts$/, '.js'));
