// Builds after an install, but only where the compiler came with it: `npm ci --omit=dev` has nothing to build with and nothing to build.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const isInstalled = (name) => {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
};

if (isInstalled('typescript/package.json'))
  process.exitCode = spawnSync('npm', ['run', '-s', 'build'], { stdio: 'inherit' }).status ?? 1;
