import { randomBytes } from 'node:crypto';
import type { WriteStore } from '../store.ts';
import { headChecks } from './head-checks.ts';
import { objectChecks } from './object-checks.ts';
import type { Trial } from './trial.ts';

/** What a check found; without `failure` the store does what it `proves`. */
export interface ProbeFinding {
  name: string;
  proves: string;
  failure?: string;
}

export interface ProbeResult {
  findings: readonly ProbeFinding[];
  /** How many calls of the store that took. */
  operations: number;
}

const checks = [...objectChecks, ...headChecks];
const clientCount = 8;

/**
 * Tries a store out with some two hundred operations by eight clients, in environments that are made for it and removed
 * afterwards, so that it may be run on a store in use. The objects it stores, about a megabyte, stay until a sweep.
 *
 * It does not sweep, because a sweep reaches the objects of every release, and it cannot cut the power or the network:
 * that acknowledged heads survive those is up to the settings `init` looks at.
 *
 * @param open a client of its own each time.
 * @param onProgress called before each check.
 * @throws StoreError where the store cannot be asked at all.
 */
export async function probeStore(
  open: () => Promise<WriteStore>,
  onProgress: (done: number, of: number, proves: string) => void = () => {},
): Promise<ProbeResult> {
  const clients: WriteStore[] = [];
  const env = `scratch-${randomBytes(8).toString('hex')}`;
  const otherEnv = `${env}-2`;
  let operations = 0;
  const counted = (store: WriteStore): WriteStore => counting(store, () => (operations += 1));
  try {
    const openOne = async (): Promise<WriteStore> => {
      const store = await open();
      clients.push(store);
      return counted(store);
    };
    const [first, second] = [await openOne(), await openOne()];
    const others: WriteStore[] = [];
    while (clients.length < clientCount) others.push(await openOne());
    const trial: Trial = { clients: [first, second, ...others], env, otherEnv };
    const findings: ProbeFinding[] = [];
    for (const [index, { name, proves, run }] of checks.entries()) {
      onProgress(index, checks.length, proves);
      const failure = await run(trial);
      findings.push({ name, proves, ...(failure !== undefined && { failure }) });
    }
    // A store that fails may also fail to forget; what it failed is what counts.
    if (findings.every(({ failure }) => failure === undefined)) await cleanUp(clients, [env, otherEnv]);
    return { findings, operations };
  } finally {
    await cleanUp(clients, [env, otherEnv]).catch(() => {});
    await Promise.allSettled(clients.map((client) => client.close()));
  }
}

async function cleanUp([client]: readonly WriteStore[], envs: readonly string[]): Promise<void> {
  for (const env of envs) await client?.dropScratch(env);
}

function counting(store: WriteStore, count: () => void): WriteStore {
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...words: unknown[]): unknown => {
        count();
        return Reflect.apply(member, target, words);
      };
    },
  });
}
