/**
 * Writes a repository of invented customers, to try changes on and to measure with:
 * `npm run generate -- --customers 5000 --out ../large [--seed 7] [--git]`.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateCustomer } from '../engine/generate/generate-customer.ts';
import { runGit } from '../engine/io/run-git.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { OptionSpecs } from './command.ts';
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
}

/**
 * Writes plans, policies and schemas of the sample company, and that many customers. The same request writes the same bytes.
 * `schemas/settings.ts` imports the `setting.ts` beside it, which is copied too, so the folder needs nothing installed.
 * @throws UsageError when there is something in the folder already.
 */
export async function generateRepository({ customers, out, seed = 1, git = false }: GenerateRequest): Promise<void> {
  if (existsSync(out) && readdirSync(out).length > 0)
    throw new UsageError(`${out} is not empty`, 'name a new folder with --out');
  copySample(out);
  const made = new Set<string>();
  for (let index = 0; index < customers; index += 1) {
    const { path, text } = generateCustomer(seed, index);
    const folder = dirname(path);
    if (!made.has(folder)) mkdirSync(join(out, folder), { recursive: true });
    made.add(folder);
    writeFileSync(join(out, path), text);
  }
  if (git) await commitAll(out);
}

function copySample(out: string): void {
  // Compiled, this file is one folder deeper than in the source.
  const project = ['..', '../..']
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((place) => existsSync(join(place, 'schemas', 'settings.ts')));
  if (!project) throw new UsageError('the sample company is not installed', 'run this in a clone of the project');
  for (const room of ['plans', 'policies', 'schemas/settings.ts', 'schemas/setting.ts'])
    cpSync(join(project, room), join(out, room), { recursive: true });
  const generated = join('schemas', 'generated');
  for (const name of readdirSync(join(project, generated)))
    if (name.endsWith('.json')) cpSync(join(project, generated, name), join(out, generated, name));
}

const author = ['-c', 'user.name=Proviso', '-c', 'user.email=proviso@product.example', '-c', 'commit.gpgsign=false'];

async function commitAll(root: string): Promise<void> {
  await runGit(root, ['init', '--quiet', '--initial-branch=main']);
  await runGit(root, ['add', '--all']);
  await runGit(root, [...author, 'commit', '--quiet', '--message=Invented customers']);
  await runGit(root, ['gc', '--quiet']);
}

const options = {
  customers: { type: 'string', value: 'number', required: true, summary: 'how many customers' },
  out: { type: 'string', value: 'dir', required: true, summary: 'a new folder' },
  seed: { type: 'string', value: 'number', summary: 'other companies in the same shapes' },
  git: { type: 'boolean', summary: 'commit everything' },
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
    git: given.git === true,
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
