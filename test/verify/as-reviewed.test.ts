import { describe, expect, it } from 'vitest';
import { checksumOf } from '../../engine/diff/checksum-of.ts';
import { evidenceOfRange } from '../../engine/verify/evidence-of-range.ts';
import { both, docs, moves, seats, sso } from '../fixtures/verify/changes.ts';
import { type Approval, type History, type Pull, startHistory } from '../fixtures/verify/history.ts';
import { memoryGit } from '../fixtures/verify/memory-trees.ts';
import { type Change, publishDay, verified, verifyHistory } from '../fixtures/verify/verify-history.ts';

const coded = (by: Approval['by']): Approval => ({ by, code: true });
const ofAll = [coded('kim')];

/** The branch changes a plan, and then takes in what began before. */
const afterPlan = (plan: 'studio@1' | 'pro@1', pull: Pull) => (history: History) => {
  history.pull({ author: 'sal', change: sso(plan, plan === 'studio@1'), approvals: ofAll });
  history.pull({ fork: history.from, ...pull });
};

const toPro: Pull = { author: 'sal', change: moves(0, 'pro@1') };
const move = afterPlan('studio@1', toPro);

const outcomeOf = async (make: (history: History) => unknown, change?: Change): Promise<string> => {
  const history = startHistory();
  make(history);
  const result = await verified(history, change);
  return result.outcome === 'verified' ? 'verified' : result.reason;
};

/** Nobody can say any more what was reviewed. */
const headsGone: Change = (tools) => ({
  ...tools,
  trees: { ...tools.trees, mergeBase: async () => undefined },
});

describe('what is published is what was reviewed', () => {
  it.each<[what: string, make: (history: History) => void]>([
    [
      'where a plan of the same customers changed meanwhile, and each gets what was reviewed',
      afterPlan('studio@1', { author: 'sal', change: seats(0, 20) }),
    ],
    ['in a merge commit too', afterPlan('studio@1', { author: 'sal', change: seats(0, 20), how: 'merge' })],
    ['where what changed meanwhile reached other customers only', afterPlan('pro@1', toPro)],
    [
      'where nothing of it is left to do',
      (history) => {
        const { from } = history;
        history.pull({ author: 'sal', change: seats(0, 20) });
        history.pull({ author: 'sal', change: seats(0, 20), fork: from });
      },
    ],
  ])('%s', async (_, make) => {
    expect(await outcomeOf(make)).toBe('verified');
  });
});

describe('what is published is not what was reviewed', () => {
  const refused: readonly [what: string, make: (history: History) => void, by: string][] = [
    ['where a plan of the same customers changed meanwhile', move, 'meanwhile the branch changed acme too'],
    [
      'in a merge commit too',
      afterPlan('studio@1', { ...toPro, how: 'merge' }),
      'meanwhile the branch changed acme too',
    ],
    [
      'where it now reaches a customer of whom nobody spoke',
      (history) => {
        history.pull({ author: 'sal', change: moves(1, 'pro@1') });
        history.pull({ author: 'sal', change: sso('pro@1', false), fork: history.from });
      },
      'meanwhile the branch changed bolt too',
    ],
    [
      'where the merge holds what nobody need approve',
      (history) => history.pull({ ...toPro, how: 'merge', evil: { by: 'sal', change: seats(0, 20) } }),
      'its merge holds something else for acme',
    ],
    [
      'where the squash holds something of others',
      (history) => history.pull({ ...toPro, evil: { by: 'sal', change: seats(4, 20) } }),
      'its merge holds something else for echo',
    ],
  ];

  it.each(refused)('%s', async (_, make, by) => {
    const history = startHistory();
    make(history);
    expect(await verified(history)).toMatchObject({
      outcome: 'unapproved',
      reason: 'notAsReviewed',
      message: expect.stringContaining(by),
    });
  });

  it.each(refused)('and nobody would know it, were they not held against each other: %s', async (_, make) => {
    expect(await outcomeOf(make, headsGone)).toBe('verified');
  });

  it('tells both checksums, the customers and every way out', async () => {
    const history = startHistory();
    move(history);
    const { ids, trees, ...git } = memoryGit(history.planned);
    const at = (commit: number): string => ids[commit] as string;
    const pull = history.pulls[1] as History['pulls'][number];
    const reviewed = checksumOf((await trees.change(at(history.from), at(pull.head), publishDay)).diff);
    const published = checksumOf((await trees.change(at(history.main - 3), at(history.main), publishDay)).diff);
    const id = at(history.main);
    const result = await verifyHistory(history, { ids, trees, ...git });
    expect(result).toMatchObject({
      message: `commit ${id.slice(0, 12)} of sal <sal@product.example>, "change (#2)", does not do what was reviewed in pull request #2 (checksum ${published.slice(0, 16)}, reviewed ${reviewed.slice(0, 16)}): meanwhile the branch changed acme too`,
      help: `revert it with a pull request (git revert ${id.slice(0, 12)}); or merge a pull request whose description says \`ratify ${id}\`; a root key cannot override this before there are keys; or read all that would be published (proviso diff --base ${at(history.from).slice(0, 12)} --head ${id.slice(0, 12)}), and publish it with --expect and its checksum`,
    });
  });

  it('where both have nothing in common', async () => {
    const unrelated: Change = (tools) => ({ ...tools, trees: { ...tools.trees, mergeBase: async () => null } });
    const make = (history: History): unknown => history.pull({ author: 'sal', change: seats(0, 20) });
    expect(await outcomeOf(make, unrelated)).toBe('notAsReviewed');
    expect(await outcomeOf(make)).toBe('verified');
  });

  it('names everybody whom it is about', async () => {
    const history = startHistory();
    history.pull({ author: 'sal', change: sso('studio@1', true), approvals: ofAll });
    const all = both(...[0, 1, 2, 3, 4, 5].map((index) => moves(index, 'pro@1')));
    history.pull({ author: 'sal', change: all, approvals: ofAll, fork: history.from });
    expect(await verified(history)).toMatchObject({
      message: expect.stringContaining('changed acme, bolt, coil, dyno, echo and flux too'),
    });
  });

  it('until it is taken back, or ratified', async () => {
    expect(
      await outcomeOf((history) => {
        move(history);
        history.pull({ author: 'sal', change: moves(0, 'studio@1') });
      }),
    ).toBe('verified');
    expect(
      await outcomeOf((history) => {
        move(history);
        history.pull({ author: 'dev', change: docs, ratifies: history.main });
      }),
    ).toBe('verified');
  });
});

describe('who has read all of it and names its checksum', () => {
  async function expecting(make: (history: History) => void, named: (checksum: string) => string) {
    const history = startHistory();
    make(history);
    const git = memoryGit(history.planned);
    const [from, to] = [git.ids[history.from] as string, git.ids[history.main] as string];
    const checksum = checksumOf((await git.trees.change(from, to, '2031-01-01')).diff);
    const result = await verifyHistory(history, git, (tools) => tools, named(checksum));
    return { checksum, result };
  }

  it('publishes what is not as it was reviewed, and the evidence says so', async () => {
    const { checksum, result } = await expecting(move, (all) => all.slice(0, 16));
    if (result.outcome !== 'verified') throw new Error(result.message);
    const place = { repo: 'r', env: 'e', channel: 'c', verify: 'github', from: 'f', to: 't' } as const;
    const { commits, expected } = evidenceOfRange(place, result);
    expect(expected).toBe(checksum);
    const hex = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(commits).toMatchObject([{ pull: 1 }, { pull: 2, reviewed: hex, published: hex }]);
    expect(commits[0]).not.toHaveProperty('reviewed');
    expect(commits[1]?.reviewed).not.toBe(commits[1]?.published);
  });

  it('publishes nothing else', async () => {
    for (const named of [
      (all: string) => all.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
      () => '0'.repeat(16),
    ]) {
      const { result } = await expecting(move, named);
      expect(result).toMatchObject({ outcome: 'unapproved', reason: 'notExpected', commits: [] });
    }
  });

  it('gives no approval that is missing', async () => {
    const { result } = await expecting(
      (history) => {
        move(history);
        history.pull({ author: 'sal', change: seats(1, 80) });
      },
      (all) => all,
    );
    expect(result).toMatchObject({ reason: 'unapproved', message: expect.stringContaining('lacks the approval') });
    expect(await outcomeOf((history) => history.push('dev', seats(0, 20)))).toBe('unapproved');
  });
});
