/** What people do on GitHub, and what GitHub then does by itself. */
import {
  findPull,
  findUser,
  type Host,
  nextNumber,
  type Pull,
  type Review,
  type ReviewState,
  takeId,
  tick,
  type User,
} from './host.ts';
import {
  isAncestor,
  mergedTree,
  type NewCommit,
  patchOf,
  readCommits,
  rebased,
  treeOf,
  writeCommit,
} from './objects.ts';
import { readRef, writeRef } from './refs.ts';

export const WEB_FLOW = { name: 'GitHub', email: 'noreply@github.com' };

export function addAccount(host: Host, account: Partial<User> & { login: string }): User {
  const id = account.id ?? takeId(host);
  const user = { id, type: 'User' as const, email: `${account.login}@people.example`, ...account };
  host.users.push(user);
  return user;
}

export function tipOf(host: Host, branch: string): string {
  const tip = readRef(host.git, `refs/heads/${branch}`);
  if (tip === undefined) throw new Error(`there is no branch ${branch}`);
  return tip;
}

export const personOf = ({ login, email }: User) => ({ name: login, email });

/** A commit nobody has pushed yet. */
export function makeCommit(
  host: Host,
  { parents, author, ...commit }: Omit<NewCommit, 'at' | 'author' | 'message'> & { author: User; message?: string },
): string {
  const { message = 'Change terms' } = commit;
  return writeCommit(host.git, { ...commit, parents, message, author: personOf(author), at: tick(host) });
}

/** Moves a branch, with everything that follows for the pull requests it is the head of. */
export function pushTo(host: Host, branch: string, commit: string, actor: User): void {
  const ref = `refs/heads/${branch}`;
  const known = readRef(host.git, ref);
  const before = known ?? '0'.repeat(40);
  const isForced = known !== undefined && !isAncestor(host.git, known, commit);
  writeRef(host.git, ref, commit);
  const type = known === undefined ? 'branch_creation' : isForced ? 'force_push' : 'push';
  host.activities.unshift({ id: takeId(host), ref, before, after: commit, actor, type, at: tick(host) });
  for (const pull of host.pulls.values())
    if (pull.state === 'open' && pull.headRef === branch) moveHead(host, pull, commit);
}

/** A force-push of the same patch takes the reviews with it: GitHub binds them to the new head and tells nobody. */
function moveHead(host: Host, pull: Pull, commit: string): void {
  const base = tipOf(host, pull.base);
  const isSamePatch = (): boolean => patchOf(host.git, pull.baseCommit, pull.head) === patchOf(host.git, base, commit);
  if (!isAncestor(host.git, pull.head, commit) && isSamePatch())
    for (const review of pull.reviews) review.commit = commit;
  pull.head = commit;
  pull.baseCommit = base;
  keepRefs(host, pull);
}

/** GitHub's `refs/pull/N/head`, and its trial merge where there is one. */
function keepRefs(host: Host, pull: Pull): void {
  writeRef(host.git, `refs/pull/${pull.number}/head`, pull.head);
  const base = tipOf(host, pull.base);
  const tree = mergedTree(host.git, base, pull.head);
  pull.mergeCommit = tree
    ? writeCommit(host.git, {
        parents: [base, pull.head],
        tree,
        message: `Merge ${pull.head} into ${base}`,
        author: WEB_FLOW,
        at: tick(host),
      })
    : null;
}

export function openPull(
  host: Host,
  about: { author: User; headRef: string; base?: string; title?: string; body?: string; headRepository?: string },
): Pull {
  const { author, headRef, base = 'main', title = 'Change terms', body = '' } = about;
  const pull: Pull = {
    number: nextNumber(host),
    title,
    body,
    author,
    state: 'open',
    labels: [],
    comments: [],
    createdAt: tick(host),
    isDraft: false,
    base,
    headRef,
    headRepository: about.headRepository ?? `${host.owner}/${host.name}`,
    head: tipOf(host, headRef),
    baseCommit: tipOf(host, base),
    asked: [],
    reviews: [],
    mergedAt: null,
    mergedBy: null,
    mergeCommit: null,
    landed: [],
  };
  host.pulls.set(pull.number, pull);
  keepRefs(host, pull);
  return pull;
}

export function review(host: Host, number: number, user: User, state: ReviewState, body = '', commit?: string): Review {
  const pull = findPull(host, number);
  const at = tick(host);
  const given = {
    id: takeId(host),
    user,
    state,
    body,
    submittedAt: at,
    lastEditedAt: null,
    commit: commit ?? pull.head,
  };
  pull.reviews.push(given);
  pull.asked = pull.asked.filter(({ id }) => id !== user.id);
  return given;
}

export function editReview(host: Host, given: Review, body: string): void {
  given.body = body;
  given.lastEditedAt = tick(host);
}

export const dismissReview = (given: Review): void => {
  given.state = 'DISMISSED';
};

/** The login changes, the id does not. */
export const rename = (user: User, login: string): void => {
  user.login = login;
};

/** The account is gone, and what it wrote belongs to nobody. */
export function deleteAccount(host: Host, user: User): void {
  host.users.splice(host.users.indexOf(user), 1);
  for (const pull of host.pulls.values()) {
    if (pull.author === user) pull.author = null;
    for (const given of pull.reviews) if (given.user === user) given.user = null;
  }
}

export function retarget(host: Host, number: number, base: string): void {
  const pull = findPull(host, number);
  pull.base = base;
  pull.baseCommit = tipOf(host, base);
  keepRefs(host, pull);
}

export type MergeHow = 'merge' | 'squash' | 'rebase';

/** Merges as the button does; undefined where the sides contradict each other. */
export function merge(host: Host, number: number, how: MergeHow, by: User): string | undefined {
  const pull = findPull(host, number);
  const base = tipOf(host, pull.base);
  const commit = landed(host, pull, base, how, by);
  if (commit === undefined) return undefined;
  close(host, [pull], base, commit, by);
  return commit;
}

/** Merges several at once, as the merge queue does: one commit each, and then the branch moves to the last. */
export function mergeQueue(host: Host, numbers: readonly number[], how: 'merge' | 'squash', by: User): string[] {
  const pulls = numbers.map((number) => findPull(host, number));
  const base = tipOf(host, pulls[0]?.base ?? 'main');
  const commits: string[] = [];
  for (const pull of pulls) {
    const commit = landed(host, pull, commits.at(-1) ?? base, how, by);
    if (commit === undefined) throw new Error(`pull request ${pull.number} does not merge`);
    commits.push(commit);
    writeRef(host.git, `refs/heads/gh-readonly-queue/${pull.base}/pr-${pull.number}-${base}`, commit);
  }
  pulls.forEach((pull, index) => {
    close(host, [pull], commits[index - 1] ?? base, commits[index] ?? base, by);
  });
  return commits;
}

function landed(host: Host, pull: Pull, base: string, how: MergeHow, by: User): string | undefined {
  const tree = mergedTree(host.git, base, pull.head);
  if (tree === undefined) return undefined;
  if (how === 'rebase') return rebased(host.git, base, pull.head, WEB_FLOW);
  const author = personOf(how === 'squash' ? (pull.author ?? by) : by);
  const parents = how === 'merge' ? [base, pull.head] : [base];
  const message =
    how === 'merge' ? `Merge pull request #${pull.number}\n\n${pull.title}` : `${pull.title} (#${pull.number})`;
  return writeCommit(host.git, { parents, tree, message, author, committer: WEB_FLOW, at: tick(host) });
}

function close(host: Host, pulls: readonly Pull[], from: string, commit: string, by: User): void {
  for (const pull of pulls) {
    pull.state = 'closed';
    pull.mergedAt = tick(host);
    pull.mergedBy = by;
    pull.mergeCommit = commit;
    pull.landed = readCommits(host.git, `${from}..${commit}`).map(({ sha }) => sha);
    const ref = `refs/heads/${pull.base}`;
    host.activities.unshift({
      id: takeId(host),
      ref,
      before: from,
      after: commit,
      actor: by,
      type: 'pr_merge',
      at: tick(host),
    });
    writeRef(host.git, ref, commit);
  }
}

/** A push past every pull request; the files are laid over what is there. */
export function pushDirectly(host: Host, branch: string, actor: User, files: NewCommit['files']): string {
  const commit = makeCommit(host, { parents: [tipOf(host, branch)], author: actor, files });
  pushTo(host, branch, commit, actor);
  return commit;
}

/** A branch with one commit, and the pull request for it. */
export function propose(
  host: Host,
  {
    author,
    files,
    headRef,
    ...about
  }: { author: string; files: NewCommit['files']; headRef?: string; title?: string; body?: string; message?: string },
): Pull {
  const user = findUser(host, author);
  const branch = headRef ?? `change-${nextNumber(host)}`;
  const commit = makeCommit(host, { parents: [tipOf(host, 'main')], author: user, files, message: about.message });
  pushTo(host, branch, commit, user);
  return openPull(host, { author: user, headRef: branch, title: about.title, body: about.body });
}

export const filesIn = (host: Host, commit: string): string => treeOf(host.git, commit);
