import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Settings } from '../../schemas/setting.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { topOf } from '../diagnostic.ts';
import { checkCatalogue } from '../schemas/check-catalogue.ts';
import { SETTINGS_FILE } from '../schemas/files.ts';

const TIME_LIMIT = 20_000;

/** Sources while we develop, and built files as shipped: whatever this is. The build puts both processes into `dist/scripts`. */
const [program, words] = (
  import.meta.url.endsWith('.ts')
    ? ['./settings-process.ts', '../../schemas/setting.ts']
    : ['./settings-process.js', '../schemas/setting.js']
).map((path) => fileURLToPath(new URL(path, import.meta.url))) as [string, string];

/** All that the catalogue's code may know of where it runs. */
const inherited = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot'];

/** What the process answers; nothing at all when it ended without a word. */
interface Answer {
  settings?: string;
  failure?: Failure;
  timedOut?: boolean;
}

interface Failure {
  name: string;
  message: string;
  stack?: string;
}

/**
 * Evaluates `<root>/schemas/settings.ts` in a process of its own and returns the catalogue as checked, normalised
 * data. `proviso/settings` is always ours, whatever the root has installed. Never throws for what the file says.
 */
export async function evaluateSettings(
  root: string,
  { timeLimit = TIME_LIMIT }: { timeLimit?: number } = {},
): Promise<{ settings?: Settings; diagnostics: Diagnostic[] }> {
  const file = join(root, ...SETTINGS_FILE.split('/'));
  if (!existsSync(file)) return failed(`there is no ${SETTINGS_FILE}`, 'it lists the settings of the product');
  const { settings, failure, timedOut } = await runProcess(file, timeLimit);
  if (timedOut) {
    return failed(
      `${SETTINGS_FILE} did not end within ${timeLimit / 1000} seconds`,
      'it should only list settings: no network, no loop',
    );
  }
  if (failure) return { diagnostics: [explainFailure(realpathSync(root), failure)] };
  if (settings === undefined) {
    return failed(`${SETTINGS_FILE} exports no \`settings\``, 'write `export const settings = defineSettings({ … })`');
  }
  return checkCatalogue(JSON.parse(settings), { path: SETTINGS_FILE, text: readFileSync(file, 'utf8') });
}

async function runProcess(file: string, timeLimit: number): Promise<Answer> {
  const folder = mkdtempSync(join(tmpdir(), 'proviso-settings-'));
  try {
    const paths = { 'proviso/settings': [words] };
    const config = join(folder, 'tsconfig.json');
    writeFileSync(config, JSON.stringify({ compilerOptions: { paths } }));
    const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const variables = Object.fromEntries(
      inherited.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
    );
    const child = fork(program, [realpathSync(file)], {
      cwd: folder,
      env: { ...variables, TZ: 'UTC', TSX_TSCONFIG_PATH: config, TSX_DISABLE_CACHE: '1' },
      execArgv: ['--import', loader],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    return await answerOf(child, timeLimit);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function answerOf(child: ChildProcess, timeLimit: number): Promise<Answer> {
  return new Promise((resolve) => {
    let answer: Answer = {};
    const timer = setTimeout(() => {
      answer = { timedOut: true };
      child.kill('SIGKILL');
    }, timeLimit);
    const end = () => {
      clearTimeout(timer);
      resolve(answer);
    };
    child.once('message', (message) => {
      answer = message as Answer;
    });
    child.once('error', (failure) => {
      answer = { failure };
      end();
    });
    child.once('exit', end);
  });
}

/** Where a message or a line of a stack says that something is: `file:line[:column]`. */
const PLACE = /(?:file:\/\/)?((?:[A-Za-z]:)?[\\/][^\s():]+?\.[cm]?[jt]s):(\d+)(?::(\d+))?/g;

function explainFailure(root: string, { name, message, stack }: Failure): Diagnostic {
  const [place] = [...`${message}\n${stack ?? ''}`.matchAll(PLACE)].filter(([, path = '']) => isOwn(root, path));
  const syntax = /: ERROR: (.*)/.exec(message)?.[1];
  const sentence = syntax ?? `${name}: ${message.split('\n')[0]}`.replaceAll(`${root}${sep}`, '');
  const [, path, line, column] = place ?? [];
  return {
    rule: 'settings-file',
    severity: 'error',
    message: `${SETTINGS_FILE} cannot be read: ${sentence}`,
    at: path
      ? {
          path: relative(root, path).split(sep).join('/'),
          // The compiler counts columns from 0.
          start: { line: Number(line), column: Number(column ?? 0) + (syntax || column === undefined ? 1 : 0) },
        }
      : topOf(SETTINGS_FILE),
    help: 'mend the file, then run `proviso schemas`',
  };
}

const isOwn = (root: string, path: string) =>
  path.startsWith(`${root}${sep}`) && !path.includes(`${sep}node_modules${sep}`);

const failed = (message: string, help: string): { diagnostics: Diagnostic[] } => ({
  diagnostics: [{ rule: 'settings-file', severity: 'error', message, at: topOf(SETTINGS_FILE), help }],
});
