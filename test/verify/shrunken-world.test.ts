import { expect, it } from 'vitest';
import { compileRelease } from '../../engine/publish/compile-release.ts';
import { proveRelease } from '../../engine/publish/prove-release.ts';
import { type PublishTools, publish } from '../../engine/publish/publish.ts';
import { recentCustomers } from '../../engine/publish/recent-customers.ts';
import { provenanceFromPulls } from '../../engine/verify/provenance-from-pulls.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import { seatsLine } from '../fixtures/verify/changes.ts';
import { customers, filesOf, start } from '../fixtures/verify/company.ts';
import { type History, placeOf, startHistory } from '../fixtures/verify/history.ts';
import { type MemoryGit, memoryGit } from '../fixtures/verify/memory-trees.ts';
import { between } from '../fixtures/verify/verify-history.ts';
import { temporaryFolder } from '../temporary-repository.ts';

type Files = Record<string, string>;
const pathOf = (id: string): string => `customers/${id}.yaml`;

/** Ways in which a customer's file is gone without a word. */
const ways: Readonly<Record<string, (files: Files, id: string) => void>> = {
  deleted: (files, id) => delete files[pathOf(id)],
  ignored: (files, id) => {
    delete files[pathOf(id)];
    files['.gitignore'] = 'customers/\n';
  },
  movedAway: (files, id) => {
    files[`archive/${id}.yaml`] = files[pathOf(id)] as string;
    delete files[pathOf(id)];
  },
  renamed: (files, id) => {
    files[`customers/${id}.yml.bak`] = files[pathOf(id)] as string;
    delete files[pathOf(id)];
  },
  nestedInAHiddenFolder: (files, id) => {
    files[`.customers/${id}.yaml`] = files[pathOf(id)] as string;
    delete files[pathOf(id)];
  },
};

/** How it came to the published branch, and whether that is looked at. */
const modes = ['merged with every approval', 'pushed', 'not verified'] as const;

const cases = Object.keys(ways).flatMap((way) =>
  [1, 2, 3, customers.length].flatMap((count) => modes.map((mode) => ({ way, count, mode }))),
);

interface Case {
  way: string;
  count: number;
  mode: (typeof modes)[number];
}

/** What becomes of a release without these customers, and how many are in force then. */
async function attempt({ way, count, mode }: Case): Promise<{ outcome: string; customers: number | undefined }> {
  const history = startHistory();
  const change = seatsLine(start.seatsLine);
  const approvals = (['kim', 'ola', 'ravi'] as const).map((by) => ({ by, code: true }));
  const commit = mode === 'pushed' ? history.push('dev', change) : history.pull({ author: 'sal', change, approvals });
  for (const [place, planned] of history.planned.entries()) {
    const files: Files = { ...filesOf(start), 'policies/publish.yaml': publishFile(mode) };
    if (place !== history.from) for (const id of customers.slice(0, count)) ways[way]?.(files, id);
    history.planned[place] = { ...planned, files };
  }
  const git = memoryGit(history.planned);
  const folder = temporaryFolder();
  const first = await release(history, git, folder, history.from);
  expect(first).toMatchObject({ outcome: 'published', release: 1, customers: customers.length });
  const { outcome } = await release(history, git, folder, commit);
  const store = await openStore(`file:${folder}`, folder);
  const heads = [];
  for await (const head of store.history('production', 'stable')) heads.push(head);
  await store.close();
  return { outcome, customers: heads.length === 1 ? customers.length : undefined };
}

const publishFile = (mode: Case['mode']): string =>
  `language: 1\nenvironments: { production: { verify: ${mode === 'not verified' ? 'none' : 'github'} } }\n`;

async function release(history: History, { ids, trees, commits, model }: MemoryGit, folder: string, place: number) {
  const store = await openStore(`file:${folder}`, folder);
  const commit = ids[place] as string;
  const target = { repo: 'acme/terms', env: 'production', channel: 'stable' };
  const now = () => new Date('2026-06-20T10:00:00Z');
  const tools: PublishTools = {
    store,
    now,
    pause: async () => undefined,
    ancestry: async (one, other) => (one === other ? 'same' : 'ancestor'),
    assemble: async () => compileRelease(await model(commit)).snapshot,
    prove: (current) =>
      proveRelease(
        {
          now,
          policy: async (of) => (await model(of)).world.publish?.data,
          model,
          change: trees.change,
          recent: () => recentCustomers(store, { env: target.env, channel: target.channel, now: now().getTime() }),
          madeAt: async () => 0,
          verifyTools: async () => ({
            trees,
            commits,
            check: () => [],
            provenanceOf: provenanceFromPulls(placeOf(history, ids, trees), trees, 'main', between),
          }),
        },
        { ...target, commit },
        current,
      ),
  };
  const result = await publish(tools, {
    ...target,
    staleAfterMs: 1000,
    commit,
    policyDigest: 'd',
    evidence: 'none',
  });
  await store.close();
  return result;
}

it(`publishes none of ${cases.length} worlds from which customers are gone without a word`, async () => {
  const found = [];
  for (const one of cases) found.push({ ...one, ...(await attempt(one)) });
  expect(cases.length).toBe(60);
  expect(found).toEqual(cases.map((one) => ({ ...one, outcome: 'refused', customers: customers.length })));
});
