import type { ReviewState } from '../../approve/approval.ts';
import { commitRead } from '../../review/commit-read.ts';
import type { SubmittedReview } from '../../review/pull-request.ts';
import { accountOf } from './account-of.ts';
import type { Connection } from './connect.ts';
import { GitHubError } from './github-error.ts';
import { readPullRequest } from './read-pull-requests.ts';
import { readPushes } from './read-pushes.ts';

/** Every review of a pull request, oldest first, read to the last page. One that is not submitted yet is nobody's business. */
export async function readReviews(connection: Connection, number: number): Promise<SubmittedReview[]> {
  const { octokit, repo } = connection;
  const given = await octokit.paginate('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
    ...repo,
    pull_number: number,
    per_page: 100,
  });
  const submitted = given.filter(({ submitted_at }) => submitted_at);
  if (submitted.length === 0) return [];
  const edits = await readEdits(connection, number);
  const pull = await readPullRequest(connection, number);
  const first = submitted.map(({ submitted_at }) => submitted_at ?? '').sort()[0];
  const pushes = (await readPushes(connection, pull, first)) ?? [];
  return submitted.map((review) => ({
    id: review.id,
    user: accountOf(review.user),
    state: review.state as ReviewState,
    body: review.body,
    submittedAt: review.submitted_at ?? '',
    lastEditedAt: edits.get(review.id),
    commit: commitRead(review.commit_id, review.submitted_at ?? '', pushes),
  }));
}

const queryOf = (id: string): string => `query($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      reviews(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${id} lastEditedAt } }
    }
  }
}`;

interface Page {
  repository: {
    pullRequest: {
      reviews: {
        pageInfo: { hasNextPage: boolean; endCursor: string | null };
        nodes: readonly ({
          databaseId?: number | null;
          fullDatabaseId?: string | null;
          lastEditedAt: string | null;
        } | null)[];
      };
    } | null;
  } | null;
}

/**
 * When each review was last edited, by id. Only GraphQL tells; where it does not, the map lacks the review.
 * Ids have outgrown the 32 bits of `databaseId`, and older servers have no other.
 */
async function readEdits(connection: Connection, number: number): Promise<Map<number, string | null>> {
  for (const ids of ['fullDatabaseId databaseId', 'databaseId']) {
    try {
      return await readPages(connection, number, queryOf(ids));
    } catch (error) {
      if (error instanceof GitHubError && error.isTransient) throw error;
    }
  }
  return new Map();
}

async function readPages({ octokit, repo }: Connection, number: number, query: string) {
  const edits = new Map<number, string | null>();
  let after: string | null = null;
  do {
    const page: Page = await octokit.graphql<Page>(query, { ...repo, number, after });
    const reviews = page.repository?.pullRequest?.reviews;
    for (const node of reviews?.nodes ?? []) {
      const id = Number(node?.fullDatabaseId ?? node?.databaseId ?? 0);
      if (node && id > 0) edits.set(id, node.lastEditedAt);
    }
    after = reviews?.pageInfo.hasNextPage ? reviews.pageInfo.endCursor : null;
  } while (after !== null);
  return edits;
}
