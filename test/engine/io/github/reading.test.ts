import { describe, expect, it } from 'vitest';
import {
  addAccount,
  deleteAccount,
  dismissReview,
  editReview,
  filesIn,
  makeCommit,
  merge,
  mergeQueue,
  openPull,
  propose,
  pushDirectly,
  pushTo,
  rename,
  retarget,
  review,
  tipOf,
} from '../../../github/fake/acts.ts';
import { type FakeGitHub, openFakeGitHub } from '../../../github/fake/open-fake-github.ts';
import { openAs } from '../../../github/open-as.ts';

const files = { 'customers/acme.yaml': 'name: Acme\nplan: studio@1\n', 'plans/studio@1.yaml': 'name: Studio\n' };

async function world() {
  const fake = await openFakeGitHub(files);
  const [sam, kim, ola] = ['sam', 'kim', 'ola'].map((login, index) => addAccount(fake, { id: 1001 + index, login }));
  if (!sam || !kim || !ola) throw new Error('three accounts');
  return { fake, sam, kim, ola, ...(await openAs(fake)) };
}

const change = (fake: FakeGitHub, more: object = {}) =>
  propose(fake, { author: 'sam', files: { 'customers/acme.yaml': 'name: Acme\nplan: studio@2\n' }, ...more });

const person = ({ id, login, type }: { id: number; login: string; type: string }) => ({ id, login, type });

describe('a pull request', () => {
  it('is read whole', async () => {
    const { fake, sam, github } = await world();
    const pull = change(fake, { title: 'Give Acme studio@2', body: 'Because.' });
    expect(await github.pullRequest(pull.number)).toEqual({
      number: pull.number,
      title: 'Give Acme studio@2',
      body: 'Because.',
      author: person(sam),
      state: 'open',
      isDraft: false,
      mergedAt: null,
      mergeCommit: pull.mergeCommit,
      base: { ref: 'main', commit: tipOf(fake, 'main'), repository: 'acme/terms' },
      head: { ref: 'change-1', commit: pull.head, repository: 'acme/terms' },
      labels: [],
      asked: [],
      url: 'https://github.example/acme/terms/pull/1',
    });
  });

  it('of an account that is gone, from a fork that is gone, is still read', async () => {
    const { fake, sam, github } = await world();
    const pull = change(fake);
    pull.headRepository = null;
    deleteAccount(fake, sam);
    expect(await github.pullRequest(1)).toMatchObject({ author: null, head: { repository: null } });
    expect((await github.authorshipOf(1)).unknown).toEqual([
      'who opened the pull request',
      'sam@people.example',
      'who pushed last',
    ]);
  });

  it('is found by the commit it became, however it was merged, and not by a push past it', async () => {
    const { fake, kim, github } = await world();
    const numbers = async (commit: string) => (await github.pullRequestsOf(commit)).map(({ number }) => number);
    change(fake);
    const squashed = merge(fake, 1, 'squash', kim) ?? '';
    propose(fake, { author: 'sam', files: { 'customers/b.yaml': 'name: B\n' } });
    const merged = merge(fake, 2, 'merge', kim) ?? '';
    propose(fake, { author: 'sam', files: { 'customers/c.yaml': 'name: C\n' } });
    propose(fake, { author: 'sam', files: { 'customers/d.yaml': 'name: D\n' } });
    const queued = mergeQueue(fake, [3, 4], 'squash', kim);
    propose(fake, { author: 'sam', files: { 'customers/e.yaml': 'name: E\n' } });
    const rebased = merge(fake, 5, 'rebase', kim) ?? '';
    const direct = pushDirectly(fake, 'main', kim, { 'customers/f.yaml': 'name: F\n' });
    const found = await Promise.all([squashed, merged, ...queued, rebased, direct].map(numbers));
    expect(found).toEqual([[1], [2], [3], [4], [5], []]);
    expect(await github.pullRequest(1)).toMatchObject({ mergeCommit: squashed, state: 'closed' });
    expect(await github.tipOf('main')).toBe(direct);
  });

  it('is found by its head and by GitHub’s trial merge, only while it is open', async () => {
    const { fake, kim, github } = await world();
    const pull = change(fake);
    const at = async (commit: string) => (await github.openPullRequestsAt(commit)).map(({ number }) => number);
    expect([await at(pull.head), await at(pull.mergeCommit ?? '')]).toEqual([[1], [1]]);
    const { head } = pull;
    merge(fake, 1, 'squash', kim);
    expect(await at(head)).toEqual([]);
  });

  it('tells the branch it is for after it was retargeted', async () => {
    const { fake, kim, github } = await world();
    change(fake);
    pushTo(fake, 'other', makeCommit(fake, { parents: [tipOf(fake, 'main')], author: kim, files: {} }), kim);
    retarget(fake, 1, 'other');
    expect((await github.pullRequest(1)).base).toMatchObject({ ref: 'other', commit: tipOf(fake, 'other') });
  });
});

describe('reviews', () => {
  it('are read to the last page, with when each was edited', async () => {
    const { fake, kim, ola, github } = await world();
    change(fake);
    for (let count = 0; count < 248; count += 1) review(fake, 1, kim, 'COMMENTED', `note ${count}`);
    const approval = review(fake, 1, ola, 'APPROVED', 'fine');
    const refusal = review(fake, 1, kim, 'CHANGES_REQUESTED', 'no');
    editReview(fake, approval, 'fine, approve 1234');
    const reviews = await github.reviewsOf(1);
    expect(reviews).toHaveLength(250);
    expect(reviews.slice(-2)).toEqual([
      {
        id: approval.id,
        user: person(ola),
        state: 'APPROVED',
        body: 'fine, approve 1234',
        submittedAt: approval.submittedAt,
        lastEditedAt: approval.lastEditedAt,
        commit: approval.commit,
      },
      expect.objectContaining({ id: refusal.id, state: 'CHANGES_REQUESTED', lastEditedAt: null }),
    ]);
    expect(reviews.every(({ lastEditedAt }) => lastEditedAt !== undefined)).toBe(true);
  });

  it('keep the id of who gave them when the login changes, and do not go to who takes the old login', async () => {
    const { fake, kim, github } = await world();
    change(fake);
    review(fake, 1, kim, 'APPROVED');
    rename(kim, 'kim-of-old');
    const other = addAccount(fake, { login: 'kim' });
    review(fake, 1, other, 'APPROVED');
    expect((await github.reviewsOf(1)).map(({ user }) => [user?.id, user?.login])).toEqual([
      [1002, 'kim-of-old'],
      [other.id, 'kim'],
    ]);
  });

  it('of ghosts, bots and the dismissed say so, and unsubmitted ones are left out', async () => {
    const { fake, kim, ola, github } = await world();
    change(fake);
    review(fake, 1, kim, 'APPROVED');
    dismissReview(review(fake, 1, ola, 'APPROVED'));
    review(fake, 1, addAccount(fake, { login: 'helper[bot]', type: 'Bot' }), 'APPROVED');
    review(fake, 1, addAccount(fake, { id: 10_137, login: 'ghost' }), 'APPROVED');
    review(fake, 1, ola, 'PENDING');
    deleteAccount(fake, kim);
    expect(
      (await github.reviewsOf(1)).map(({ user, state }) => [user?.login ?? null, user?.type ?? null, state]),
    ).toEqual([
      [null, null, 'APPROVED'],
      ['ola', 'User', 'DISMISSED'],
      ['helper[bot]', 'Bot', 'APPROVED'],
      [null, null, 'APPROVED'],
    ]);
  });

  it('were edited nobody knows when, where GraphQL does not answer', async () => {
    const { fake, kim, github } = await world();
    change(fake);
    review(fake, 1, kim, 'APPROVED');
    fake.knobs.hasNoGraphql = true;
    expect((await github.reviewsOf(1)).map((one) => one.lastEditedAt)).toEqual([undefined]);
  });

  it('are known by their older ids on a server that has no others', async () => {
    const { fake, kim, github } = await world();
    change(fake);
    review(fake, 1, kim, 'APPROVED');
    fake.knobs.hasOnlyDatabaseId = true;
    expect((await github.reviewsOf(1)).map((one) => one.lastEditedAt)).toEqual([null]);
  });

  it('are not reported as never edited while GraphQL is down', async () => {
    const { fake, kim, github } = await world();
    change(fake);
    review(fake, 1, kim, 'APPROVED');
    fake.troubles.push({ times: 99, matches: /graphql/, status: 502 });
    await expect(github.reviewsOf(1)).rejects.toThrow('GitHub failed (502)');
  });

  it('stay with what was read, though GitHub moves them to the new head with a force-push of the same patch', async () => {
    const { fake, sam, kim, ola, github } = await world();
    const pull = change(fake);
    const before = pull.head;
    review(fake, 1, kim, 'APPROVED');
    pushDirectly(fake, 'main', kim, { 'plans/studio@1.yaml': 'name: Studio\nrank: 9\n' });
    // To a patch, blanks are nothing; to YAML they are.
    const again = { 'customers/acme.yaml': 'name: Acme\nplan:     studio@2\n' };
    const moved = makeCommit(fake, { parents: [tipOf(fake, 'main')], author: sam, files: again });
    pushTo(fake, 'change-1', moved, sam);
    expect(pull.reviews.map(({ commit }) => commit)).toEqual([moved]);
    review(fake, 1, ola, 'APPROVED');
    expect((await github.reviewsOf(1)).map(({ commit }) => commit)).toEqual([before, moved]);
  });

  it('are on nothing known where the branch’s past does not reach back to them, and on what GitHub says where it has none', async () => {
    const { fake, sam, kim, github } = await world();
    const pull = change(fake);
    review(fake, 1, kim, 'APPROVED');
    pushDirectly(fake, 'main', kim, { 'plans/studio@1.yaml': 'name: Studio\nrank: 9\n' });
    const again = { 'customers/acme.yaml': 'name: Acme\nplan: studio@2\n' };
    pushTo(fake, 'change-1', makeCommit(fake, { parents: [tipOf(fake, 'main')], author: sam, files: again }), sam);
    fake.activities = fake.activities.slice(0, 1);
    expect((await github.reviewsOf(1)).map(({ commit }) => commit)).toEqual([null]);
    fake.troubles.push({ times: 1, matches: /activity/, status: 404 });
    expect((await github.reviewsOf(1)).map(({ commit }) => commit)).toEqual([pull.head]);
  });
});

describe('who wrote a change', () => {
  it('is everybody with a hand in it, by numeric id', async () => {
    const { fake, sam, kim, ola, github } = await world();
    const max = addAccount(fake, { id: 1010, login: 'max' });
    const base = tipOf(fake, 'main');
    const message = [
      'Change terms',
      '',
      'Co-authored-by: Ola <ola@people.example>',
      'co-authored-by: Zoe <1777+zoe@users.noreply.github.com>',
      'CO-AUTHORED-BY: Nobody Known <nobody@else.example>',
    ].join('\n');
    const committer = { name: 'Kim', email: 'kim@people.example' };
    const commit = makeCommit(fake, {
      parents: [base],
      author: sam,
      committer,
      files: { 'customers/b.yaml': 'b' },
      message,
    });
    pushTo(fake, 'change', commit, max);
    openPull(fake, { author: sam, headRef: 'change' });
    const { people, unknown, emails } = await github.authorshipOf(1);
    expect(people.map(({ id, login }) => [id, login])).toEqual([
      [sam.id, 'sam'],
      [kim.id, 'kim'],
      [ola.id, 'ola'],
      [1777, 'zoe'],
      [max.id, 'max'],
    ]);
    expect(unknown).toEqual(['nobody@else.example']);
    expect(emails).toEqual([
      'sam@people.example',
      'kim@people.example',
      'ola@people.example',
      '1777+zoe@users.noreply.github.com',
      'nobody@else.example',
    ]);
  });

  it('is not GitHub where the web editor committed, but somebody unknown where only its name was written', async () => {
    const { fake, sam, github } = await world();
    const web = { name: 'GitHub', email: 'noreply@github.com' };
    const made = (author: typeof sam) =>
      makeCommit(fake, { parents: [tipOf(fake, 'main')], author, committer: web, files: { 'customers/b.yaml': 'b' } });
    pushTo(fake, 'change', made(sam), sam);
    openPull(fake, { author: sam, headRef: 'change' });
    expect((await github.authorshipOf(1)).unknown).toEqual([]);
    fake.knobs.isVerified = () => false;
    expect((await github.authorshipOf(1)).unknown).toEqual(['noreply@github.com']);
    fake.knobs.isVerified = () => true;
    pushTo(fake, 'change', made({ ...sam, email: web.email }), sam);
    expect((await github.authorshipOf(1)).unknown).toEqual(['noreply@github.com']);
  });

  it('is unknown where GitHub does not tell who pushed last', async () => {
    const { fake, github } = await world();
    change(fake);
    fake.activities.length = 0;
    expect((await github.authorshipOf(1)).unknown).toEqual(['who pushed last']);
    fake.troubles.push({ times: 1, matches: /activity/, status: 404 });
    expect((await github.authorshipOf(1)).unknown).toEqual(['who pushed last']);
  });

  it('includes the author of the 251st commit, which GitHub does not list with the pull request', {
    timeout: 60_000,
  }, async () => {
    const { fake, sam, kim, github } = await world();
    let tip = tipOf(fake, 'main');
    const tree = filesIn(fake, tip);
    for (let count = 0; count < 251; count += 1)
      tip = makeCommit(fake, { parents: [tip], author: count === 250 ? kim : sam, tree });
    pushTo(fake, 'change', tip, sam);
    openPull(fake, { author: sam, headRef: 'change' });
    const { commits, isComplete } = await github.commitsOf(1);
    expect([commits.length, isComplete]).toEqual([251, true]);
    expect((await github.authorshipOf(1)).people.map(({ login }) => login)).toEqual(['sam', 'kim']);
  });

  it('is not all known where a commit is left out', async () => {
    const { fake, sam, kim, github } = await world();
    const pull = change(fake);
    pushTo(fake, 'change-1', makeCommit(fake, { parents: [pull.head], author: kim, files: { 'x.md': 'x' } }), sam);
    expect((await github.authorshipOf(1)).unknown).toEqual([]);
    fake.knobs.hidesCommits = 1;
    expect((await github.authorshipOf(1)).unknown).toEqual(['commits that GitHub does not list']);
  });

  it('is not all known while a replica lacks the newest commit', async () => {
    const { fake, github } = await world();
    change(fake);
    fake.knobs.hidesNewest = 1;
    expect((await github.authorshipOf(1)).unknown).toEqual(['commits that GitHub does not list']);
  });
});
