import type { Account } from '../../approve/approval.ts';
import { accountInEmail, coAuthorsOf, type SignedCommit, type Signer } from '../../review/authorship-of.ts';
import { accountOf } from './account-of.ts';
import type { Connection } from './connect.ts';
import { GitHubError } from './github-error.ts';

/** GitHub lists no more commits of a pull request than this, and says nothing. */
const LISTED_AT_MOST = 250;

interface GivenSigner {
  name?: string;
  email?: string;
}

interface Given {
  sha: string;
  commit: {
    message: string;
    author: GivenSigner | null;
    committer: GivenSigner | null;
    verification?: { verified: boolean };
  };
  author: Parameters<typeof accountOf>[0];
  committer: Parameters<typeof accountOf>[0];
}

/** The commits of a pull request with everybody they name; `isComplete` is false where some could not be had. */
export async function readCommits(
  connection: Connection,
  number: number,
): Promise<{ commits: SignedCommit[]; isComplete: boolean }> {
  const { octokit, repo } = connection;
  const wanted = { ...repo, pull_number: number, per_page: 100 };
  const [{ data: pull }, listed] = await Promise.all([
    octokit.rest.pulls.get({ ...repo, pull_number: number }),
    octokit.paginate('GET /repos/{owner}/{repo}/pulls/{pull_number}/commits', wanted),
  ]);
  const given: Given[] =
    listed.length < LISTED_AT_MOST ? listed : await compare(connection, pull.base.sha, pull.head.sha);
  const isComplete = given.length === pull.commits && given.some(({ sha }) => sha === pull.head.sha);
  const known = accountsIn(given);
  const commits: SignedCommit[] = [];
  for (const one of given) commits.push(await signedCommit(connection, one, known));
  return { commits, isComplete };
}

/** By e-mail, the accounts GitHub has recognised. */
function accountsIn(given: readonly Given[]): Map<string, Account> {
  const known = new Map<string, Account>();
  for (const { commit, author, committer } of given)
    for (const [email, account] of [
      [commit.author?.email, accountOf(author)],
      [commit.committer?.email, accountOf(committer)],
    ] as const)
      if (email && account) known.set(email.toLowerCase(), account);
  return known;
}

async function signedCommit(connection: Connection, given: Given, known: Map<string, Account>): Promise<SignedCommit> {
  const { sha, commit } = given;
  const coAuthors = coAuthorsOf(commit.message);
  const findAccount = ({ email }: { email: string }) => accountInEmail(email) ?? known.get(email.toLowerCase()) ?? null;
  if (coAuthors.some((one) => findAccount(one) === null))
    for (const { email, account } of await readAuthors(connection, sha)) known.set(email.toLowerCase(), account);
  return {
    id: sha,
    message: commit.message,
    author: signer(commit.author, given.author),
    committer: signer(commit.committer, given.committer),
    coAuthors: coAuthors.map((one) => ({ ...one, account: findAccount(one) })),
    isVerified: commit.verification?.verified === true,
  };
}

const signer = (named: GivenSigner | null, given: Given['author']): Signer => ({
  name: named?.name ?? '',
  email: named?.email ?? '',
  account: accountOf(given),
});

async function compare({ octokit, repo }: Connection, base: string, head: string): Promise<Given[]> {
  const commits: Given[] = [];
  for (let page = 1; ; page += 1) {
    const wanted = { ...repo, basehead: `${base}...${head}`, per_page: 100, page };
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead(wanted);
    commits.push(...data.commits);
    if (data.commits.length === 0 || commits.length >= data.total_commits) return commits;
  }
}

const AUTHORS = `query($owner: String!, $repo: String!, $commit: GitObjectID!) {
  repository(owner: $owner, name: $repo) {
    object(oid: $commit) {
      ... on Commit { authors(first: 100) { nodes { email user { databaseId login } } } }
    }
  }
}`;

interface Authors {
  repository: {
    object: {
      authors?: {
        nodes: readonly { email: string | null; user: { databaseId: number | null; login: string } | null }[];
      };
    } | null;
  } | null;
}

/** Whom GitHub takes the names in a commit for; nobody, where it does not tell. */
async function readAuthors({ octokit, repo }: Connection, commit: string) {
  try {
    const { repository } = await octokit.graphql<Authors>(AUTHORS, { ...repo, commit });
    return (repository?.object?.authors?.nodes ?? []).flatMap(({ email, user }) => {
      const account = accountOf(user && { id: user.databaseId ?? undefined, login: user.login, type: 'User' });
      return email && account ? [{ email, account }] : [];
    });
  } catch (error) {
    if (error instanceof GitHubError && error.isTransient) throw error;
    return [];
  }
}

/** One commit with everybody it names. */
export async function readCommit(connection: Connection, commit: string): Promise<SignedCommit> {
  const { octokit, repo } = connection;
  const { data } = await octokit.rest.repos.getCommit({ ...repo, ref: commit });
  return signedCommit(connection, data, accountsIn([data]));
}
