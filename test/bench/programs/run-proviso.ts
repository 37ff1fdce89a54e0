/** `run-proviso <proviso.js> <argument…>`: the command line in this process, which then tells what it took from its start on. */
import { pathToFileURL } from 'node:url';
import { tell } from './tell.ts';

const [file = '', ...args] = process.argv.slice(2);
process.argv = [process.execPath, file, ...args];
process.on('exit', (code) => {
  // What was found is no failure here.
  if (code === 1) process.exitCode = 0;
  tell(code);
});
await import(pathToFileURL(file).href);
