import { runProviso } from '../run-proviso.ts';
import { type Files, temporaryRepository } from '../temporary-repository.ts';

/** Two customers of a product, as a list in clear. */
export const accounts = JSON.stringify([
  {
    id: 'zephyra',
    name: 'Zephyra Labs GmbH',
    aliases: ['ZephyraLabs'],
    domains: ['zephyra.example'],
    externalIds: { stripe: 'cus_Zp4hyra81Kd' },
    people: ['legal@zephyra.example'],
  },
  { id: 'lumora', name: 'Lumora' },
]);

/** A function with one rule on its second line. */
export const seats = (account = 'zephyra', name = 'seats'): string =>
  `export function ${name}(account: Account): number {\n  if (account.id === '${account}') return 500;\n  return 10;\n}\n`;

/** A product's repository with its list of accounts in the usual place. */
export const product = (files: Files): string =>
  temporaryRepository({ 'proviso-accounts.json': accounts, ...files }).root;

export interface Scanned {
  exitCode: number;
  /** `path:line:column rule account`. */
  found: string[];
  /** The same with the state behind it. */
  accepted: string[];
  /** `severity path:line:column rule message`. */
  said: string[];
  /** Everything the command printed. */
  whole: Record<string, unknown>;
  stderr: string;
}

type Flat = Record<string, unknown>;
const place = ({ path, line, column }: Flat): string => `${path}:${line}:${column}`;

/** `scan` as JSON, in short. */
export async function scan(folder: string, ...argv: string[]): Promise<Scanned> {
  const { exitCode, stdout, stderr } = await runProviso(['scan', ...argv, '--format', 'json'], { folder });
  const whole = JSON.parse(stdout || '{}') as Record<string, Flat[] | undefined>;
  const { findings = [], accepted = [], diagnostics = [] } = whole;
  return {
    exitCode,
    found: findings.map((one) => `${place(one)} ${one.rule} ${one.account}`),
    accepted: accepted.map((one) => `${place(one)} ${one.rule} ${one.account} ${one.state}`),
    said: diagnostics.map((one) => `${one.severity} ${place(one)} ${one.rule} ${one.message}`),
    whole,
    stderr,
  };
}

export const scanText = (folder: string, ...argv: string[]) => runProviso(['scan', ...argv, '--no-color'], { folder });
