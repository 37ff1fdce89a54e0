/** The second half of `npm run build`: the compiler has written what products import, this writes the commands. */
import { fileURLToPath } from 'node:url';
import { finishPackage } from './finish-package.ts';

await finishPackage(fileURLToPath(new URL('../..', import.meta.url)));
