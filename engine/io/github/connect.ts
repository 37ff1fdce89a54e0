import type { Octokit } from '@octokit/rest';
import { UsageError } from '../../usage-error.ts';
import { GitHubError } from './github-error.ts';
import { type Advice, type Pace, realPace, retry } from './retry.ts';

export interface Access {
  token: string;
  /** `owner/name`. */
  repository: string;
  /** Of the REST interface; default `https://api.github.com`. */
  baseUrl?: string;
  pace?: Pace;
}

/** A client whose reads are repeated until they succeed, and what every request about the repository names. */
export interface Connection {
  octokit: Octokit;
  repo: { owner: string; repo: string };
  pace: Pace;
}

const REPOSITORY = /^([A-Za-z0-9_.-]+)\/([A-Za-z0-9_.-]+)$/;
const ONE_REQUEST = 30_000;

/** Throws `UsageError` where the repository or the token cannot be one. */
export async function connect({ token, repository, baseUrl, pace = realPace }: Access): Promise<Connection> {
  const [, owner, repo] = REPOSITORY.exec(repository) ?? [];
  if (!owner || !repo) throw new UsageError(`"${repository}" is not a repository of GitHub`, 'write it as owner/name');
  if (!/^[\x21-\x7e]+$/.test(token)) throw new UsageError('the token of GitHub is empty or holds blanks');
  const { Octokit } = await import('@octokit/rest');
  const silent = () => undefined;
  const octokit = new Octokit({
    auth: token,
    userAgent: 'proviso',
    ...(baseUrl && { baseUrl: baseUrl.replace(/\/+$/, '') }),
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  octokit.hook.wrap('request', async (request, options) => {
    const isRepeatable = options.method !== 'POST' || options.url.endsWith('/graphql');
    const once = async () => {
      const signal = AbortSignal.timeout(ONE_REQUEST);
      const answer = await request({ ...options, request: { ...options.request, signal } });
      // The client passes a body that was cut off on as if it were text.
      if (typeof answer.data === 'string' && /json/.test(answer.headers['content-type'] ?? ''))
        throw new Error('the answer was cut off');
      return answer;
    };
    try {
      return await retry(pace, once, (error) => adviceOn(error, isRepeatable, pace));
    } catch (error) {
      throw explained(error, token, isRepeatable);
    }
  });
  return { octokit, repo: { owner, repo }, pace };
}

interface Answer {
  status: number | undefined;
  message: string;
  headers: Readonly<Record<string, string | number | undefined>>;
}

function answerOf(error: unknown): Answer {
  const {
    message = String(error),
    status,
    response,
  } = error as Partial<Error> & {
    status?: number;
    response?: { headers?: Answer['headers'] };
  };
  // Without an answer the client says 500, which nobody has said.
  return { status: response ? status : undefined, message, headers: response?.headers ?? {} };
}

/** GitHub refuses in this way before it does anything, so even a request that writes may be repeated. */
function isLimit({ status, message, headers }: Answer): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0' || /rate limit/i.test(message)
  );
}

const isOutage = ({ status }: Answer): boolean => status === undefined || status >= 500;

function adviceOn(error: unknown, isRepeatable: boolean, { now }: Pace): Advice {
  const answer = answerOf(error);
  if (isLimit(answer)) {
    const after = Number(answer.headers['retry-after'] ?? Number.NaN);
    if (after >= 0) return { wait: after * 1_000 };
    const reset = Number(answer.headers['x-ratelimit-reset'] ?? Number.NaN) * 1_000;
    const isSpent = answer.headers['x-ratelimit-remaining'] === '0';
    return { wait: isSpent && reset >= 0 ? Math.max(0, reset - now()) : 60_000 };
  }
  return isOutage(answer) && isRepeatable ? { wait: 'backoff' } : 'giveUp';
}

function explained(error: unknown, token: string, isRepeatable: boolean): unknown {
  if (error instanceof GitHubError || !(error instanceof Error)) return error;
  const answer = answerOf(error);
  const { status, headers } = answer;
  const said = answer.message.split(' - https://')[0]?.replaceAll(token, '***') ?? '';
  const isLost = isOutage(answer) && !isRepeatable;
  const about = { status, isTransient: isLimit(answer) || isOutage(answer), isLost };
  if (status === undefined)
    return new GitHubError(`GitHub cannot be reached: ${said}`, {
      ...about,
      help: 'check the network, then run it again',
    });
  if (isLimit(answer))
    return new GitHubError(`GitHub allows no more requests for now: ${said}`, { ...about, help: 'run it again later' });
  if (status >= 500)
    return new GitHubError(`GitHub failed (${status}): ${said}`, { ...about, help: 'run it again later' });
  return new GitHubError(`GitHub refused (${status}): ${said}`, { ...about, help: whatToDo(status, headers) });
}

function whatToDo(status: number, headers: Answer['headers']): string | undefined {
  const accepted = headers['x-accepted-github-permissions'];
  if (status === 401) return 'give a token that is valid, in GITHUB_TOKEN';
  if (status === 403 && accepted) return `the token needs ${accepted}; in a workflow, that is for \`permissions:\``;
  if (status === 403) return 'the token may not do this; in a workflow, see `permissions:`';
  if (status === 404)
    return 'check the repository and the number; what a token may not see looks as if it were not there';
  return undefined;
}

/**
 * Runs work that looks whether something is there and else creates it, again from the look where the answer to the creation was lost.
 * That way nothing is created twice.
 */
export const untilClear = <T>({ pace }: Connection, work: () => Promise<T>): Promise<T> =>
  retry(pace, work, (error) => (error instanceof GitHubError && error.isLost ? { wait: 'backoff' } : 'giveUp'));
