import { describe, expect, it } from 'vitest';
import {
  back,
  both,
  type Change,
  discount,
  docs,
  joins,
  leaves,
  seats,
  seatsLine,
} from '../fixtures/verify/changes.ts';
import { type Approval, type History, type Pull, startHistory } from '../fixtures/verify/history.ts';
import { publishDay, publishedOn, verified } from '../fixtures/verify/verify-history.ts';

/** What a history is made of; gives nothing, or the text that the refusal must hold. */
type Case = readonly [what: string, make: (history: History) => void];

const plain = (by: Approval['by'], more: Partial<Approval> = {}): Approval => ({ by, ...more });
const withCode = (by: Approval['by'], more: Partial<Approval> = {}): Approval => ({ by, code: true, ...more });
const raise = (index: number, more: Partial<Pull> = {}): Pull => ({ author: 'sal', change: seats(index, 80), ...more });

const passing: readonly Case[] = [
  ['nothing since', () => undefined],
  ['a squash that nobody need approve', (h) => h.pull({ author: 'sal', change: seats(0, 20) })],
  ['a squash with the approval it needs', (h) => h.pull(raise(0, { approvals: [plain('ravi')] }))],
  ['a merge commit', (h) => h.pull(raise(0, { approvals: [plain('ravi')], how: 'merge' }))],
  [
    'a merge by the one who approved it',
    (h) =>
      h.pull(raise(0, { approvals: [plain('ravi')], how: 'merge', evil: { by: 'ravi', change: (state) => state } })),
  ],
  [
    'an approval with the code of a class that asks for it',
    (h) => h.pull({ author: 'sal', change: discount(0, 30), approvals: [withCode('ola')] }),
  ],
  [
    'a merge queue that merges five at once',
    (h) => {
      for (const index of [0, 1, 2, 3, 4])
        h.pull(raise(index, { approvals: [plain('ravi')], how: 'merge', fork: h.from }));
    },
  ],
  [
    'a plain approval given before the branch moved on',
    (h) => {
      h.pull({ author: 'sal', change: seats(1, 20) });
      h.pull(raise(0, { approvals: [plain('ravi')], fork: h.from }));
    },
  ],
  [
    'a rebase of one commit',
    (h) =>
      h.rebase(
        raise(0, { approvals: [plain('ravi')] }) && { ...raise(0), parts: [seats(0, 80)], approvals: [plain('ravi')] },
      ),
  ],
  ['words that nobody reads as terms, pushed', (h) => h.push('dev', docs)],
  [
    'a policy approved by who answers for it, and then used',
    (h) => {
      h.pull({ author: 'sal', change: seatsLine(100), approvals: [withCode('kim')] });
      h.pull(raise(0));
    },
  ],
  [
    'a new approver, who then approves',
    (h) => {
      h.pull({ author: 'sal', change: joins('ada'), approvals: [withCode('ola')] });
      h.pull(raise(0, { approvals: [plain('ada')] }));
    },
  ],
  [
    'an approver who has left since',
    (h) => {
      h.pull(raise(0, { approvals: [plain('ravi')] }));
      h.pull({ author: 'sal', change: leaves('ravi'), approvals: [withCode('kim')] });
    },
  ],
  [
    'changes asked for after the merge',
    (h) =>
      h.pull(raise(0, { approvals: [plain('ravi'), plain('kim', { state: 'CHANGES_REQUESTED', when: 'after' })] })),
  ],
  [
    'many customers, approved as that',
    (h) =>
      h.pull({
        author: 'sal',
        change: both(seats(0, 1), seats(1, 1), seats(2, 1), seats(3, 1)),
        approvals: [withCode('kim')],
      }),
  ],
];

const unapproved: readonly [...Case, because: string][] = [
  ['a push', (h) => h.push('dev', seats(0, 20)), 'was pushed without a pull request'],
  ['a push of a policy', (h) => h.push('dev', joins('eve')), 'was pushed without a pull request'],
  ['a push that jumps over main', (h) => h.jump('dev', seats(0, 20)), 'was pushed without a pull request'],
  ['a merge without the approval', (h) => h.pull(raise(0)), 'lacks the approval of product'],
  [
    'an approval after the merge',
    (h) => h.pull(raise(0, { approvals: [plain('ravi', { when: 'after' })] })),
    'lacks the approval of product',
  ],
  [
    'an approval before the last push',
    (h) => h.pull(raise(0, { approvals: [plain('ravi', { on: 'stale' })] })),
    'the approval of ravi does not count: was given to something else',
  ],
  [
    'an approval by whoever wrote it',
    (h) => h.pull(raise(0, { author: 'ravi', approvals: [plain('ravi')] })),
    'the approval of ravi does not count: wrote part of the change',
  ],
  [
    'an approval by whoever opened it, where somebody else merged it',
    (h) =>
      h.pull({
        ...raise(0, { author: 'ravi', approvals: [plain('ravi')], how: 'merge' }),
        evil: { by: 'kim', change: (state) => state },
      }),
    'the approval of ravi does not count: wrote part of the change',
  ],
  [
    'an approval by a co-author',
    (h) => h.pull(raise(0, { coAuthor: 'ravi', approvals: [plain('ravi')] })),
    'the approval of ravi does not count: wrote part of the change',
  ],
  ['an approval of another class', (h) => h.pull(raise(0, { approvals: [plain('ola')] })), 'may not approve product'],
  [
    'an approval without the code',
    (h) => h.pull({ author: 'sal', change: discount(0, 30), approvals: [plain('ola')] }),
    'lacks the line `approve ',
  ],
  [
    'changes asked for before the merge',
    (h) => h.pull(raise(0, { approvals: [plain('kim', { state: 'CHANGES_REQUESTED' }), plain('ravi')] })),
    'kim asked for changes',
  ],
  [
    'a merge into another branch that main was moved to',
    (h) => h.pull(raise(0, { approvals: [plain('ravi')], into: 'release' })),
    'was merged into release, not main',
  ],
  [
    'a rebase of three commits',
    (h) => h.rebase({ ...raise(0), parts: [seats(0, 80), seats(1, 81), seats(2, 82)], approvals: [plain('ravi')] }),
    'merged by a rebase: squash or merge only',
  ],
  [
    'a merge that holds more than was approved',
    (h) => h.pull(raise(0, { approvals: [plain('ravi')], how: 'merge', evil: { by: 'dev', change: seats(1, 90) } })),
    'was given to something else',
  ],
  [
    'a merge whose maker wrote into it and approves',
    (h) => h.pull(raise(0, { approvals: [withCode('kim')], how: 'merge', evil: { by: 'kim', change: seats(0, 90) } })),
    'the approval of kim does not count: wrote part of the change',
  ],
  [
    'an approver who came with the same change',
    (h) => h.pull({ author: 'sal', change: joins('eve'), approvals: [withCode('eve')] }),
    'is not in policies/approvers.yaml',
  ],
  [
    'a weaker policy together with its use',
    (h) => h.pull({ author: 'sal', change: both(seatsLine(100), seats(0, 80)), approvals: [withCode('kim')] }),
    'changes customers together with policies',
  ],
  [
    'many customers at once',
    (h) => h.pull({ author: 'sal', change: both(seats(0, 1), seats(1, 1), seats(2, 1), seats(3, 1)) }),
    'lacks the approval of bulk',
  ],
];

const shown = (case_: Case): string => case_[0];

describe('what the branch has become is published where it is', () => {
  it.each(passing.map((one) => [shown(one), one[1]] as const))('%s', async (_, make) => {
    const history = startHistory();
    make(history);
    const result = await verified(history);
    expect(result.outcome === 'unapproved' ? result.message : result.outcome).toBe('verified');
  });
});

describe('nothing is published where anything of it is', () => {
  it.each(unapproved.map(([what, make, because]) => [what, make, because] as const))('%s', async (_, make, because) => {
    const history = startHistory();
    history.pull({ author: 'sal', change: seats(5, 12) });
    make(history);
    history.pull({ author: 'sal', change: seats(4, 12) });
    const result = await verified(history);
    expect(result).toMatchObject({ outcome: 'unapproved', message: expect.stringContaining(because) });
  });

  it('a branch that was rewritten', async () => {
    const history = startHistory();
    history.pull({ author: 'sal', change: seats(0, 20) });
    const { main } = history;
    history.main =
      history.planned.push({ ...(history.planned[history.from] as History['planned'][number]), message: 'again' }) - 1;
    const result = await verified(history);
    expect(main).not.toBe(history.main);
    expect(result).toMatchObject({ outcome: 'unapproved', message: expect.stringContaining('are not all there') });
  });
});

/** One that nobody approved, and what may set it right. */
const bad: Change = seats(0, 20);
const undo = (history: History, change: Change): Change => back(history.stateOf(history.from), change);

describe('a commit that nobody approved stands no longer in the way', () => {
  it('once a pull request has taken it back', async () => {
    const history = startHistory();
    const commit = history.push('dev', bad);
    history.pull({ author: 'sal', change: seats(3, 30) });
    const end = history.pull({ author: 'sal', change: undo(history, bad) });
    history.pull({ author: 'sal', change: seats(4, 40) });
    const result = await verified(history);
    if (result.outcome !== 'verified') throw new Error(result.message);
    const places = new Map(result.commits.map(({ judged, undoneBy }) => [judged.commit.message, undoneBy]));
    expect([...places.values()].filter(Boolean)).toEqual([result.commits[2]?.judged.commit.id]);
    expect(result.evidence.map(({ undoneBy }) => undoneBy !== undefined)).toEqual([true, false, false, false]);
    expect([commit, end].length).toBe(2);
  });

  it('once it is taken back with the approval that needs', async () => {
    const first = seats(0, 90);
    for (const approvals of [[], [plain('ravi')]]) {
      const history = startHistory([], { ...startHistory().stateOf(0), ...first(startHistory().stateOf(0)) });
      history.push('dev', bad);
      history.pull({ author: 'sal', change: seats(0, 90), approvals });
      expect((await verified(history)).outcome).toBe(approvals.length > 0 ? 'verified' : 'unapproved');
    }
  });

  it('but not when it is taken back by another push alone', async () => {
    const history = startHistory();
    history.push('dev', bad);
    history.push('dev', undo(history, bad));
    expect((await verified(history)).outcome).toBe('unapproved');
    history.pull({ author: 'sal', change: seats(3, 30) });
    expect((await verified(history)).outcome).toBe('verified');
  });

  it('but not when only a part of it is taken back', async () => {
    const history = startHistory();
    history.push('dev', both(bad, seats(1, 21)));
    history.pull({ author: 'sal', change: undo(history, bad) });
    expect((await verified(history)).outcome).toBe('unapproved');
  });

  it('but not when somebody built on it', async () => {
    const history = startHistory();
    history.push('dev', bad);
    history.pull({ author: 'sal', change: seats(0, 25) });
    expect((await verified(history)).outcome).toBe('unapproved');
  });

  it('nor does what was approved by its policy pass', async () => {
    for (const weaker of [joins('eve'), seatsLine(100)]) {
      const history = startHistory();
      history.push('dev', weaker);
      history.pull(raise(1, { approvals: [plain('eve')] }));
      history.pull({ author: 'sal', change: undo(history, weaker), approvals: [withCode('kim')] });
      expect((await verified(history)).outcome).toBe('unapproved');
      history.pull({ author: 'sal', change: seats(1, 11) });
      expect((await verified(history)).outcome).toBe('verified');
    }
  });

  it('nor what was approved once and approved away again', async () => {
    const history = startHistory();
    history.push('dev', seats(1, 30));
    history.pull({ author: 'sal', change: seats(0, 20) });
    history.pull({ author: 'sal', change: seats(0, 10) });
    history.push('dev', seats(0, 20));
    history.pull({ author: 'sal', change: seats(1, 11) });
    expect((await verified(history)).outcome).toBe('unapproved');
  });

  it('nor what takes away again what was approved', async () => {
    const history = startHistory();
    history.push('dev', seats(1, 30));
    history.pull({ author: 'sal', change: seats(0, 20) });
    history.push('dev', seats(0, 10));
    history.pull({ author: 'sal', change: seats(1, 11) });
    expect((await verified(history)).outcome).toBe('unapproved');
    history.pull({ author: 'sal', change: seats(0, 20) });
    expect((await verified(history)).outcome).toBe('verified');
  });

  it.each(['2001-01-01T00:00:00Z', '2090-01-01T00:00:00Z'])(
    'on the day it was made, not on one its clock claims: %s',
    async (clock) => {
      const history = startHistory();
      const commit = history.push('dev', seats(0, 20));
      const pushed = history.planned[commit] as (typeof history.planned)[number];
      history.planned[commit] = { ...pushed, at: Date.parse(clock) };
      history.pull({ author: 'dev', change: docs, ratifies: commit });
      const days = new Set<string>();
      const range = await verified(history, (tools) => ({
        ...tools,
        check: ({ at }) => {
          days.add(at);
          return [];
        },
      }));
      expect(range.outcome).toBe('verified');
      expect([...days].filter((day) => day < publishedOn || day > publishDay)).toEqual([]);
    },
  );

  it('once a pull request ratifies it, by people who wrote neither', async () => {
    const outcomes: string[] = [];
    for (const approvals of [
      [withCode('ravi')],
      [plain('ravi')],
      [withCode('dev')],
      [withCode('ola')],
      [withCode('ravi', { when: 'after' })],
      [],
    ]) {
      const history = startHistory();
      const commit = history.push('dev', seats(0, 80));
      history.pull({ author: 'sal', change: docs, approvals, ratifies: commit });
      outcomes.push((await verified(history)).outcome);
    }
    expect(outcomes).toEqual(['verified', 'unapproved', 'unapproved', 'unapproved', 'unapproved', 'unapproved']);
  });

  it('but not when the pull request that names it was not approved itself', async () => {
    const history = startHistory();
    const commit = history.push('dev', seats(0, 80));
    history.pull({ author: 'sal', change: discount(1, 30), approvals: [withCode('kim')], ratifies: commit });
    expect((await verified(history)).outcome).toBe('unapproved');
  });
});
