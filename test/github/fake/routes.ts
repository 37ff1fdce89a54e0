import { merge, openPull, pushTo, review, tipOf } from './acts.ts';
import {
  type CheckRun,
  findIssue,
  findPull,
  type Host,
  nextNumber,
  type Pull,
  type Token,
  takeId,
  tick,
} from './host.ts';
import { checkJson, commentJson, commitJson, issueJson, pullJson, reviewJson, userJson } from './json.ts';
import { type Content, gitAt, readCommits, treeOf, writeCommit, writeTree } from './objects.ts';
import { readRef } from './refs.ts';

/** What a request asks, when its path has been understood. */
export interface Asked {
  host: Host;
  token: Token;
  /** What the path's parts are. */
  path: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** The parsed body of a request that has one. */
  body: Readonly<Record<string, unknown>>;
}

/** A list is cut into pages by who sends it. */
export interface Answer {
  status?: number;
  body?: unknown;
  list?: readonly unknown[];
  /** Lists that come with their number: `{ total_count, check_runs: [] }`. */
  under?: string;
}

export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const text = (value: unknown, name: string): string => {
  if (typeof value === 'string') return value;
  throw new Refusal(422, `Invalid request: ${name} wasn't supplied`);
};

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

const countCommits = (host: Host, { baseCommit, head }: Pull): number =>
  readCommits(host.git, `${baseCommit}..${head}`).length;

const wholePull = (host: Host, pull: Pull) => pullJson(host, pull, countCommits(host, pull));

const numberOf = ({ path }: Asked): number => Number(path.number);

const found = <T>(look: () => T): T => {
  try {
    return look();
  } catch {
    throw new Refusal(404, 'Not Found');
  }
};

/** Check runs belong to apps: a person may read them and no more. */
function refusePeople({ token }: Asked): void {
  if (token.kind === 'person') throw new Refusal(403, 'Resource not accessible by personal access token');
}

const lagging = <T>({ host }: Asked, list: readonly T[]): T[] => list.slice(0, list.length - host.knobs.hidesNewest);

function writeCheckRun(check: CheckRun, { body }: Asked): void {
  const output = (body.output ?? {}) as Partial<Pick<CheckRun, 'title' | 'summary' | 'annotations'>>;
  const added = output.annotations ?? [];
  if (added.length > 50) throw new Refusal(422, 'Invalid request: no more than 50 items are allowed');
  if (Buffer.byteLength(output.summary ?? '') > 65_535) throw new Refusal(422, 'summary is too long');
  check.title = output.title ?? check.title;
  check.summary = output.summary ?? check.summary;
  check.annotations.push(...added);
  check.status = String(body.status ?? check.status);
  check.conclusion = body.conclusion === undefined ? check.conclusion : String(body.conclusion);
  check.externalId = body.external_id === undefined ? check.externalId : String(body.external_id);
}

function mergePull(asked: Asked): Answer {
  const { host, body, token } = asked;
  const pull = found(() => findPull(host, numberOf(asked)));
  const isGreen = (name: string) =>
    host.checks.findLast((check) => check.name === name && check.commit === pull.head)?.conclusion === 'success' ||
    host.statuses.findLast((one) => one.context === name && one.commit === pull.head)?.state === 'success';
  const missing = host.knobs.requires.filter((name) => !isGreen(name));
  if (missing.length > 0) throw new Refusal(405, `Required status check "${missing[0]}" is expected.`);
  const how = text(body.merge_method ?? 'merge', 'merge_method') as 'merge';
  const sha = merge(host, pull.number, how, token.user);
  if (sha === undefined) throw new Refusal(405, 'Pull Request is not mergeable');
  return { body: { sha, merged: true, message: 'Pull Request successfully merged' } };
}

const R = '/repos/:owner/:repo';

export const routes: Readonly<Record<string, (asked: Asked) => Answer>> = {
  'GET /user': ({ token }) => {
    if (token.kind !== 'person') throw new Refusal(403, 'Resource not accessible by integration');
    return { body: userJson(token.user) };
  },
  [`GET ${R}`]: ({ host }) => ({ body: { full_name: `${host.owner}/${host.name}`, default_branch: 'main' } }),
  [`GET ${R}/installation`]: ({ token }) => {
    if (token.kind !== 'key') throw new Refusal(401, 'A JSON web token could not be decoded');
    return { body: { id: token.user.id } };
  },
  'POST /app/installations/:id/access_tokens': ({ host, token, path, body }) => {
    if (token.kind !== 'key' || token.user.id !== Number(path.id)) throw new Refusal(404, 'Not Found');
    const secret = `ghs_secret_app_${takeId(host)}`;
    const permissions = body.permissions as Record<string, string>;
    host.tokens.set(secret, { kind: 'app', user: token.user, permissions });
    return { status: 201, body: { token: secret, permissions } };
  },
  [`GET ${R}/pulls`]: ({ host, query }) => {
    const [state, head, base] = [query.get('state') ?? 'open', query.get('head'), query.get('base')];
    const pulls = [...host.pulls.values()].filter(
      (pull) =>
        (state === 'all' || pull.state === state) &&
        (head === null || head === `${host.owner}:${pull.headRef}`) &&
        (base === null || base === pull.base),
    );
    return { list: pulls.reverse().map((pull) => wholePull(host, pull)) };
  },
  [`POST ${R}/pulls`]: ({ host, token, body }) => {
    const headRef = text(body.head, 'head');
    const isOpen = [...host.pulls.values()].some((pull) => pull.state === 'open' && pull.headRef === headRef);
    if (isOpen) throw new Refusal(422, `A pull request already exists for ${host.owner}:${headRef}.`);
    const [base, title] = [text(body.base, 'base'), text(body.title, 'title')];
    const pull = openPull(host, { author: token.user, headRef, base, title, body: String(body.body ?? '') });
    return { status: 201, body: wholePull(host, pull) };
  },
  [`GET ${R}/pulls/:number`]: (asked) => ({
    body: wholePull(
      asked.host,
      found(() => findPull(asked.host, numberOf(asked))),
    ),
  }),
  [`PATCH ${R}/pulls/:number`]: (asked) => {
    const pull = found(() => findPull(asked.host, numberOf(asked)));
    pull.title = String(asked.body.title ?? pull.title);
    pull.body = String(asked.body.body ?? pull.body);
    return { body: wholePull(asked.host, pull) };
  },
  [`PUT ${R}/pulls/:number/merge`]: mergePull,
  [`GET ${R}/pulls/:number/commits`]: (asked) => {
    const { baseCommit, head } = found(() => findPull(asked.host, numberOf(asked)));
    const commits = readCommits(asked.host.git, `${baseCommit}..${head}`).slice(0, 250);
    return {
      list: lagging(asked, commits.slice(asked.host.knobs.hidesCommits)).map((commit) =>
        commitJson(asked.host, commit),
      ),
    };
  },
  [`GET ${R}/pulls/:number/reviews`]: (asked) => {
    const { reviews } = found(() => findPull(asked.host, numberOf(asked)));
    return { list: lagging(asked, reviews).map(reviewJson) };
  },
  [`POST ${R}/pulls/:number/reviews`]: (asked) => {
    const { host, token, body } = asked;
    const pull = found(() => findPull(host, numberOf(asked)));
    const states = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const;
    const event = text(body.event, 'event') as keyof typeof states;
    if (event === 'APPROVE' && pull.author?.id === token.user.id)
      throw new Refusal(422, 'Review Can not approve your own pull request');
    const given = review(host, pull.number, token.user, states[event], String(body.body ?? ''));
    return { body: reviewJson(given) };
  },
  [`POST ${R}/pulls/:number/requested_reviewers`]: (asked) => {
    const { host, body } = asked;
    const pull = found(() => findPull(host, numberOf(asked)));
    for (const login of texts(body.reviewers)) {
      const user = host.users.find((one) => one.login.toLowerCase() === login.toLowerCase());
      if (!user || user.type !== 'User') throw new Refusal(422, 'Reviews may only be requested from collaborators.');
      if (user.id === pull.author?.id) throw new Refusal(422, 'Review cannot be requested from pull request author.');
      if (!pull.asked.includes(user)) pull.asked.push(user);
    }
    return { status: 201, body: wholePull(host, pull) };
  },
  [`GET ${R}/commits/:sha/pulls`]: ({ host, path }) => {
    if (!/^[0-9a-f]{40}$/.test(path.sha ?? '')) throw new Refusal(422, `No commit found for SHA: ${path.sha}`);
    const pulls = [...host.pulls.values()];
    const merged = pulls.filter(({ landed }) => landed.includes(path.sha ?? ''));
    const open = pulls.filter(({ state, head }) => state === 'open' && head === path.sha);
    return { list: [...merged, ...open].map((pull) => wholePull(host, pull)) };
  },
  [`GET ${R}/commits/:sha`]: ({ host, path }) => {
    const [commit] = found(() => readCommits(host.git, path.sha ?? ''));
    return { body: commit && commitJson(host, commit) };
  },
  [`GET ${R}/compare/:basehead`]: ({ host, path, query }) => {
    const [base = '', head = ''] = (path.basehead ?? '').split('...');
    const all = readCommits(host.git, `${base}..${head}`);
    const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('per_page') ?? 30)];
    const commits = all.slice((page - 1) * size, page * size).map((commit) => commitJson(host, commit));
    return { body: { url: 'https://api.github.example/compare', total_commits: all.length, commits } };
  },
  [`GET ${R}/activity`]: ({ host, query }) => ({
    list: host.activities
      .filter(({ ref }) => ref === query.get('ref'))
      .map(({ id, ref, before, after, actor, type, at }) => ({
        id,
        ref,
        before,
        after,
        actor: userJson(actor),
        activity_type: type,
        timestamp: at,
      })),
  }),
  [`GET ${R}/issues`]: ({ host, query }) => {
    const state = query.get('state') ?? 'open';
    const all = [...host.pulls.values(), ...host.issues.values()].filter(
      (one) => state === 'all' || one.state === state,
    );
    return { list: all.map((one) => issueJson(host, one, host.pulls.has(one.number))) };
  },
  [`POST ${R}/issues`]: ({ host, token, body }) => {
    const [number, title] = [nextNumber(host), text(body.title, 'title')];
    const issue = { number, title, body: String(body.body ?? ''), author: token.user, state: 'open' as const };
    host.issues.set(number, { ...issue, labels: texts(body.labels), comments: [], createdAt: tick(host) });
    return { status: 201, body: issueJson(host, findIssue(host, number), false) };
  },
  [`GET ${R}/issues/:number`]: (asked) => {
    const issue = found(() => findIssue(asked.host, numberOf(asked)));
    return { body: issueJson(asked.host, issue, asked.host.pulls.has(issue.number)) };
  },
  [`PATCH ${R}/issues/:number`]: (asked) => {
    const { host, body } = asked;
    const issue = found(() => findIssue(host, numberOf(asked)));
    issue.title = String(body.title ?? issue.title);
    issue.body = String(body.body ?? issue.body);
    if (body.labels) issue.labels = texts(body.labels);
    if (body.state === 'open' || body.state === 'closed') issue.state = body.state;
    return { body: issueJson(host, issue, host.pulls.has(issue.number)) };
  },
  [`GET ${R}/issues/:number/comments`]: (asked) => {
    const { number, comments } = found(() => findIssue(asked.host, numberOf(asked)));
    return { list: lagging(asked, comments).map((comment) => commentJson(asked.host, number, comment)) };
  },
  [`POST ${R}/issues/:number/comments`]: (asked) => {
    const { host, token } = asked;
    const { number, comments } = found(() => findIssue(host, numberOf(asked)));
    const body = text(asked.body.body, 'body');
    if (body.length > 65_536) throw new Refusal(422, 'body is too long (maximum is 65536 characters)');
    const comment = { id: takeId(host), user: token.user, body };
    comments.push(comment);
    return { status: 201, body: commentJson(host, number, comment) };
  },
  [`PATCH ${R}/issues/comments/:id`]: ({ host, path, body }) => {
    for (const issue of [...host.pulls.values(), ...host.issues.values()])
      for (const comment of issue.comments) {
        if (comment.id !== Number(path.id)) continue;
        comment.body = text(body.body, 'body');
        return { body: commentJson(host, issue.number, comment) };
      }
    throw new Refusal(404, 'Not Found');
  },
  [`GET ${R}/issues/:number/labels`]: (asked) => ({
    list: found(() => findIssue(asked.host, numberOf(asked))).labels.map((name) => ({ name })),
  }),
  [`POST ${R}/issues/:number/labels`]: (asked) => {
    const issue = found(() => findIssue(asked.host, numberOf(asked)));
    issue.labels = [...new Set([...issue.labels, ...texts(asked.body.labels)])];
    return { body: issue.labels.map((name) => ({ name })) };
  },
  [`DELETE ${R}/issues/:number/labels/:name`]: (asked) => {
    const issue = found(() => findIssue(asked.host, numberOf(asked)));
    if (!issue.labels.includes(asked.path.name ?? '')) throw new Refusal(404, 'Label does not exist');
    issue.labels = issue.labels.filter((name) => name !== asked.path.name);
    return { body: issue.labels.map((name) => ({ name })) };
  },
  [`GET ${R}/commits/:sha/check-runs`]: ({ host, path, query }) => {
    const name = query.get('check_name');
    const runs = host.checks.filter((run) => run.commit === path.sha && (name === null || run.name === name));
    const latest = runs.filter((run) => !runs.some((other) => other.name === run.name && other.id > run.id));
    return { list: (query.get('filter') === 'all' ? runs : latest).map(checkJson), under: 'check_runs' };
  },
  [`POST ${R}/check-runs`]: (asked) => {
    refusePeople(asked);
    const { host, body, token } = asked;
    const check: CheckRun = {
      id: takeId(host),
      app: token.user.login.replace('[bot]', ''),
      name: text(body.name, 'name'),
      commit: text(body.head_sha, 'head_sha'),
      status: 'queued',
      conclusion: null,
      externalId: null,
      title: '',
      summary: '',
      annotations: [],
    };
    writeCheckRun(check, asked);
    host.checks.push(check);
    return { status: 201, body: checkJson(check) };
  },
  [`PATCH ${R}/check-runs/:id`]: (asked) => {
    refusePeople(asked);
    const check = asked.host.checks.find(({ id }) => id === Number(asked.path.id));
    if (!check) throw new Refusal(404, 'Not Found');
    writeCheckRun(check, asked);
    return { body: checkJson(check) };
  },
  [`GET ${R}/commits/:sha/statuses`]: ({ host, path }) => ({
    list: host.statuses
      .filter(({ commit }) => commit === path.sha)
      .reverse()
      .map(({ id, context, state, description, targetUrl }) => ({
        id,
        context,
        state,
        description,
        target_url: targetUrl,
      })),
  }),
  [`POST ${R}/statuses/:sha`]: ({ host, token, path, body }) => {
    const status = {
      id: takeId(host),
      commit: path.sha ?? '',
      context: text(body.context ?? 'default', 'context'),
      state: text(body.state, 'state'),
      description: body.description === undefined ? null : String(body.description),
      targetUrl: body.target_url === undefined ? null : String(body.target_url),
      creator: token.user,
    };
    host.statuses.push(status);
    return { status: 201, body: { id: status.id, context: status.context, state: status.state } };
  },
  [`GET ${R}/deployments`]: ({ host, query }) => {
    const [sha, environment] = [query.get('sha'), query.get('environment')];
    const known = host.deployments.filter(
      (one) => (!sha || one.commit === sha) && (!environment || one.environment === environment),
    );
    return {
      list: known.reverse().map(({ id, commit, environment: name }) => ({ id, sha: commit, environment: name })),
    };
  },
  [`POST ${R}/deployments`]: ({ host, body }) => {
    const [commit, environment] = [text(body.ref, 'ref'), String(body.environment ?? 'production')];
    const deployment = { id: takeId(host), commit, environment, payload: body.payload ?? {}, statuses: [] };
    host.deployments.push(deployment);
    return { status: 201, body: { id: deployment.id, sha: commit, environment } };
  },
  [`POST ${R}/deployments/:id/statuses`]: ({ host, path, body }) => {
    const deployment = host.deployments.find(({ id }) => id === Number(path.id));
    if (!deployment) throw new Refusal(404, 'Not Found');
    const [state, description] = [text(body.state, 'state'), String(body.description ?? '')];
    const status = {
      id: takeId(host),
      state,
      description,
      environment: String(body.environment ?? deployment.environment),
    };
    deployment.statuses.push(status);
    return { status: 201, body: { id: status.id, state } };
  },
  [`GET ${R}/git/ref/heads/:branch`]: ({ host, path }) => {
    const sha = found(() => tipOf(host, path.branch ?? ''));
    return { body: { ref: `refs/heads/${path.branch}`, object: { sha, type: 'commit' } } };
  },
  [`PATCH ${R}/git/refs/heads/:branch`]: ({ host, token, path, body }) => {
    const branch = path.branch ?? '';
    if (!readRef(host.git, `refs/heads/${branch}`)) throw new Refusal(422, 'Reference does not exist');
    pushTo(host, branch, text(body.sha, 'sha'), token.user);
    return { body: { ref: `refs/heads/${branch}`, object: { sha: body.sha } } };
  },
  [`POST ${R}/git/refs`]: ({ host, token, body }) => {
    const branch = text(body.ref, 'ref').replace('refs/heads/', '');
    if (readRef(host.git, `refs/heads/${branch}`)) throw new Refusal(422, 'Reference already exists');
    pushTo(host, branch, text(body.sha, 'sha'), token.user);
    return { status: 201, body: { ref: `refs/heads/${branch}`, object: { sha: body.sha } } };
  },
  [`GET ${R}/git/commits/:sha`]: ({ host, path }) => {
    const sha = path.sha ?? '';
    return { body: { sha, tree: { sha: found(() => treeOf(host.git, sha)) } } };
  },
  [`POST ${R}/git/trees`]: ({ host, body }) => {
    const entries = (body.tree ?? []) as { path: string; content?: string; sha?: string | null }[];
    const files: Record<string, Content> = {};
    for (const { path, content, sha } of entries)
      files[path] = content ?? (sha ? gitAt(host.git, 'cat-file', 'blob', sha) : null);
    return { status: 201, body: { sha: writeTree(host.git, String(body.base_tree), files) } };
  },
  [`POST ${R}/git/commits`]: ({ host, token, body }) => {
    const author = { name: token.user.login, email: token.user.email };
    const [parents, message] = [texts(body.parents), text(body.message, 'message')];
    const tree = text(body.tree, 'tree');
    return { status: 201, body: { sha: writeCommit(host.git, { parents, tree, message, author, at: tick(host) }) } };
  },
};
