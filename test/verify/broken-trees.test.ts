import { describe, expect, it } from 'vitest';
import { topOf } from '../../engine/diagnostic.ts';
import { back, seats, seatsLine } from '../fixtures/verify/changes.ts';
import { filesOf, type State, start } from '../fixtures/verify/company.ts';
import { type History, startHistory } from '../fixtures/verify/history.ts';
import { type Change, publishDay, verified } from '../fixtures/verify/verify-history.ts';

const acme = 'customers/acme.yaml';

/** Gives the newest commit other files than its state says. */
function rewrite(history: History, commit: number, files: Readonly<Record<string, string | undefined>>): void {
  const planned = history.planned[commit] as History['planned'][number];
  const kept = Object.entries({ ...planned.files, ...files }).filter(([, content]) => content !== undefined);
  history.planned[commit] = { ...planned, files: Object.fromEntries(kept) as Record<string, string> };
}

/** Merges a pull request that nobody need approve, whose tree is then rewritten; gives its commit. */
function merge(history: History, files: Readonly<Record<string, string | undefined>>, change = seats(5, 12)): number {
  const commit = history.pull({ author: 'sal', change });
  rewrite(history, commit, files);
  return commit;
}

const refusal = async (...asked: Parameters<typeof verified>): Promise<string> => {
  const result = await verified(...asked);
  return result.outcome === 'unapproved' ? result.message : result.outcome;
};

describe('terms that nobody could read', () => {
  it('hide nothing: what was written meanwhile is not published', async () => {
    const history = startHistory();
    merge(history, { [acme]: 'name: [' });
    history.pull({ author: 'sal', change: seats(0, 49) });
    history.pull({ author: 'sal', change: seats(4, 13) });
    expect(await refusal(history)).toContain('has or follows terms that cannot be read, of customer acme');
  });

  it('are no hindrance once they are as they were', async () => {
    const history = startHistory();
    merge(history, { [acme]: 'name: [' });
    expect(await refusal(history)).toContain('customer acme');
    history.pull({ author: 'sal', change: seats(4, 13) });
    expect(await refusal(history)).toBe('verified');
  });

  it('are those of a plan too, or of a policy that is not the one of approvals', async () => {
    for (const path of ['plans/studio@1.yaml', 'policies/menu.yaml']) {
      const history = startHistory();
      merge(history, { [path]: 'addOns: [' });
      expect(await refusal(history)).not.toBe('verified');
    }
  });
});

describe('a commit that follows no policy', () => {
  const gone = { 'policies/approvals.yaml': undefined };

  it.each([
    ['none', gone, 'there is no policies/approvals.yaml'],
    ['one that cannot be read', { 'policies/approvals.yaml': 'lines: [' }, 'the approval policy cannot be read'],
    [
      'one without approvers that can be read',
      { 'policies/approvers.yaml': 'people: [' },
      'the approval policy cannot be read',
    ],
    [
      'one that does not guard itself',
      { 'policies/approvals.yaml': 'classes: {}\nlines: []\n' },
      'no line of policies/approvals.yaml asks about machinery',
    ],
  ])('is never published: %s', async (_, files, because) => {
    const history = startHistory();
    rewrite(history, history.from, files);
    history.pull({ author: 'sal', change: seats(0, 20) });
    const result = await verified(history);
    expect(result).toMatchObject({ outcome: 'unapproved', message: expect.stringContaining(because) });
  });

  it('is published once the policy is back, and the customers are as they were approved', async () => {
    const history = startHistory();
    const removed = history.pull({ author: 'sal', change: seatsLine(51), approvals: [{ by: 'kim', code: true }] });
    rewrite(history, removed, { 'policies/approvals.yaml': undefined });
    const without = history.pull({ author: 'sal', change: seats(1, 80) });
    rewrite(history, without, { 'policies/approvals.yaml': undefined });
    const restored = filesOf(start)['policies/approvals.yaml'] as string;
    const first = history.pull({
      author: 'sal',
      change: back(start, seatsLine(51)),
      approvals: [{ by: 'kim', code: true }],
    });
    rewrite(history, first, { 'policies/approvals.yaml': restored });
    expect(await refusal(history)).toContain('there is no policies/approvals.yaml');
    history.pull({ author: 'sal', change: seats(2, 20) });
    expect(await refusal(history)).toContain('there is no policies/approvals.yaml');
    history.pull({ author: 'sal', change: seats(1, (start as State).seats[1] as number) });
    expect(await refusal(history)).toBe('verified');
  });
});

describe('what a check forbids', () => {
  /** A check that finds fault with everybody who comes to so many seats. */
  const forbids =
    (most: number): Change =>
    (tools) => ({
      ...tools,
      check: ({ diff }) =>
        diff.customers.flatMap(({ customer, changes }) =>
          changes.map(({ path, to }) => ({
            rule: 'planted',
            severity: path === 'settings.seats' && to === most ? ('error' as const) : ('warning' as const),
            message: `${customer} has that many`,
            at: topOf(`customers/${customer}.yaml`),
          })),
        ),
    });

  it('nobody can approve or ratify; it can be taken back', async () => {
    const history = startHistory();
    const commit = history.pull({ author: 'sal', change: seats(0, 20), approvals: [{ by: 'kim', code: true }] });
    history.pull({ author: 'sal', change: seats(3, 14), approvals: [{ by: 'kim', code: true }], ratifies: commit });
    expect(await refusal(history, forbids(20))).toContain('does what a check forbids: acme has that many (planted)');
    history.pull({ author: 'sal', change: seats(0, 10) });
    expect(await refusal(history, forbids(20))).toBe('verified');
  });

  it('is also the removal of a customer who was never closed', async () => {
    const history = startHistory();
    merge(history, { [acme]: undefined });
    expect(await refusal(history)).toContain('the file of customer acme is gone');
  });
});

describe('verification trusts no step to be all there is', () => {
  it('a difference that no commit shows stops it', async () => {
    const history = startHistory();
    history.pull({ author: 'sal', change: seats(0, 20) });
    history.pull({ author: 'sal', change: seats(1, 21) });
    const blind = await refusal(history, (tools) => ({
      ...tools,
      trees: {
        ...tools.trees,
        // Each step hides one customer; only the whole shows it.
        change: async (base, head, at) => {
          const change = await tools.trees.change(base, head, at);
          if (at === publishDay) return change;
          const customers = change.diff.customers.filter(({ customer }) => customer !== 'bolt');
          return { ...change, diff: { ...change.diff, customers } };
        },
      },
    }));
    expect(blind).toContain('something changes that no commit between them shows: bolt');
  });

  it.each([
    ['the newest is missing', (list: readonly unknown[]) => list.slice(0, -1)],
    ['one in the middle is missing', (list: readonly unknown[]) => [list[0], list[2]]],
    ['all are missing', () => []],
  ])('a list of commits with a gap stops it: %s', async (_, cut) => {
    const history = startHistory();
    for (const index of [0, 1, 2]) history.pull({ author: 'sal', change: seats(index, 20) });
    const said = await refusal(history, (tools) => ({
      ...tools,
      commits: async (from, to) => cut(await tools.commits(from, to)) as Awaited<ReturnType<typeof tools.commits>>,
    }));
    expect(said).toContain('are not all there');
  });
});
