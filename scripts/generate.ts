/**
 * Writes a repository of invented customers, to try changes on and to measure with:
 * `npm run generate -- --customers 5000 --out ../large [--seed 7] [--git | --sparse]`.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateCustomer } from '../engine/generate/generate-customer.ts';
import { runGit } from '../engine/io/run-git.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { OptionSpecs } from './command.ts';
import { type CommittedFile, generateCommit } from './generate-commit.ts';
import { parseOptions } from './parse-arguments.ts';
import { reportFailure } from './report-failure.ts';

export interface GenerateRequest {
  customers: number;
  /** A folder that is empty or not there yet. */
  out: string;
  /** Another seed gives other companies in the same shapes. */
  seed?: number;
  /** Whether to commit everything, packed as in a clone. */
  git?: boolean;
  /** With `git`: customers are in the commit alone and not in the working tree, as in a sparse checkout. */
  sparse?: boolean;
}

/**
 * Writes plans, policies and schemas of the sample company, and that many customers. The same request writes the same bytes.
 * `schemas/settings.ts` imports the `setting.ts` beside it, which is copied too, so the folder needs nothing installed.
 * @throws UsageError when there is something in the folder already.
 */
export async function generateRepository({
  out,
  git = false,
  sparse = false,
  ...company
}: GenerateRequest): Promise<void> {
  if (existsSync(out) && readdirSync(out).length > 0)
    throw new UsageError(`${out} is not empty`, 'name a new folder with --out');
  const files = generateFiles(company);
  if (!git) return writeFiles(out, files);
  mkdirSync(out, { recursive: true });
  await runGit(out, ['init', '--quiet', '--initial-branch=main']);
  await generateCommit(out, 'Invented customers', files);
  if (sparse) await runGit(out, ['sparse-checkout', 'set', '--no-cone', '/*', '!/customers/']);
  await runGit(out, ['reset', '--quiet', '--hard']);
}

function writeFiles(out: string, files: Iterable<CommittedFile>): void {
  const made = new Set<string>();
  for (const { path, bytes } of files) {
    const folder = dirname(path);
    if (!made.has(folder)) mkdirSync(join(out, folder), { recursive: true });
    made.add(folder);
    writeFileSync(join(out, path), bytes);
  }
}

function* generateFiles({
  customers,
  seed = 1,
}: Pick<GenerateRequest, 'customers' | 'seed'>): Generator<CommittedFile> {
  yield* sampleFiles();
  for (let index = 0; index < customers; index += 1) {
    const { path, text } = generateCustomer(seed, index);
    yield { path, bytes: text };
  }
}

function* sampleFiles(): Generator<CommittedFile> {
  const project = fileURLToPath(new URL('..', import.meta.url));
  const below = (room: string): string[] =>
    readdirSync(join(project, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(project, room, name)).isFile())
      .map((name) => posix.join(room, name.replaceAll(sep, '/')));
  const catalogue = below('schemas/generated').filter((path) => path.endsWith('.json'));
  const rooms = [...below('plans'), ...below('policies'), 'schemas/settings.ts', 'schemas/setting.ts', ...catalogue];
  for (const path of rooms.sort()) yield { path, bytes: readFileSync(join(project, path)) };
}

const options = {
  customers: { type: 'string', value: 'number', required: true, summary: 'how many customers' },
  out: { type: 'string', value: 'dir', required: true, summary: 'a new folder' },
  seed: { type: 'string', value: 'number', summary: 'other companies in the same shapes' },
  git: { type: 'boolean', summary: 'commit everything' },
  sparse: { type: 'boolean', summary: 'commit everything, and leave customers out of the folder' },
} satisfies OptionSpecs;

function wholeNumber(flag: string, given: unknown, standard: number): number {
  if (given === undefined) return standard;
  if (typeof given === 'string' && /^\d{1,7}$/.test(given)) return Number(given);
  throw new UsageError(`--${flag} is a whole number up to 9999999, not "${given}"`);
}

async function main(): Promise<void> {
  const { options: given } = await parseOptions(process.argv.slice(2), options);
  const request: GenerateRequest = {
    customers: wholeNumber('customers', given.customers, 0),
    out: resolve(String(given.out)),
    seed: wholeNumber('seed', given.seed, 1),
    git: given.git === true || given.sparse === true,
    sparse: given.sparse === true,
  };
  await generateRepository(request);
  process.stdout.write(`${request.customers} customers in ${request.out}\n`);
}

if (process.argv[1] && fileURLToPath(import.meta.url) === realpathSync(process.argv[1])) {
  await main().catch((error: unknown) => {
    const { stdout, stderr, env: variables } = process;
    process.exitCode = reportFailure(error, 'text', { folder: '.', variables, now: Date.now, stdout, stderr });
  });
}
