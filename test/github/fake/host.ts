import type { KeyObject } from 'node:crypto';

/** What the fake GitHub remembers of one repository. Everything else follows from it. */

export interface User {
  id: number;
  login: string;
  type: 'User' | 'Bot' | 'Organization' | 'Mannequin';
  email: string;
}

export type ReviewState = 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';

export interface Review {
  id: number;
  user: User | null;
  state: ReviewState;
  body: string;
  submittedAt: string;
  lastEditedAt: string | null;
  commit: string;
}

export interface Comment {
  id: number;
  user: User | null;
  body: string;
}

/** An issue, and all that a pull request has in common with one. */
export interface Issue {
  number: number;
  title: string;
  body: string;
  author: User | null;
  state: 'open' | 'closed';
  labels: string[];
  comments: Comment[];
  createdAt: string;
  /** Who has changed its text since. */
  editors?: User[];
}

export interface Pull extends Issue {
  isDraft: boolean;
  base: string;
  headRef: string;
  /** `owner/name`; null: the fork was deleted. */
  headRepository: string | null;
  head: string;
  /** Where the base was when somebody last pushed. */
  baseCommit: string;
  asked: User[];
  reviews: Review[];
  mergedAt: string | null;
  mergedBy: User | null;
  mergeCommit: string | null;
  /** Everything on the base branch that came with it. */
  landed: string[];
}

export interface Annotation {
  path: string;
  start_line: number;
  end_line: number;
  annotation_level: string;
  message: string;
  title?: string;
}

export interface CheckRun {
  id: number;
  app: string;
  name: string;
  commit: string;
  status: string;
  conclusion: string | null;
  externalId: string | null;
  title: string;
  summary: string;
  annotations: Annotation[];
}

export interface Status {
  id: number;
  commit: string;
  context: string;
  state: string;
  description: string | null;
  targetUrl: string | null;
  creator: User | null;
}

export interface Deployment {
  id: number;
  commit: string;
  environment: string;
  payload: unknown;
  statuses: { id: number; state: string; description: string; environment: string }[];
}

export interface Activity {
  id: number;
  ref: string;
  before: string;
  after: string;
  actor: User | null;
  type: string;
  at: string;
}

/** `person`: a personal access token; `workflow`: GITHUB_TOKEN; `app`: an installation token; `key`: an app that shows its key. */
export interface Token {
  kind: 'person' | 'workflow' | 'app' | 'key';
  user: User;
  /** What an installation token was asked for. */
  permissions?: Readonly<Record<string, string>>;
}

/** An app that is installed on the repository. */
export interface App {
  id: string;
  publicKey: KeyObject;
  user: User;
}

export interface Request {
  method: string;
  path: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

/** Something that goes wrong for the next requests it matches. */
export interface Trouble {
  times: number;
  /** Against `METHOD /path`. */
  matches: RegExp;
  status: number;
  headers?: Readonly<Record<string, string>>;
  message?: string;
  /** The request is carried out, and only its answer is lost. */
  isDone?: boolean;
}

export interface Host {
  /** A bare git repository. */
  git: string;
  owner: string;
  name: string;
  users: User[];
  tokens: Map<string, Token>;
  apps: App[];
  pulls: Map<number, Pull>;
  issues: Map<number, Issue>;
  checks: CheckRun[];
  statuses: Status[];
  deployments: Deployment[];
  /** Newest first. */
  activities: Activity[];
  requests: Request[];
  troubles: Trouble[];
  knobs: {
    /** GraphQL answers with an error. */
    hasNoGraphql: boolean;
    /** Older servers: no `fullDatabaseId`. */
    hasOnlyDatabaseId: boolean;
    /** A replica that lags: the newest reviews and comments are not listed. */
    hidesNewest: number;
    /** The first commits of a pull request are not listed. */
    hidesCommits: number;
    /** Names of checks without which nothing is merged. */
    requires: string[];
    /** Commits whose signature counts as verified. */
    isVerified(commit: string): boolean;
  };
  /** Milliseconds since 1970; moves on with everything that happens. */
  clock: number;
  nextId: number;
}

/** Ids as large as GitHub's are today: beyond 32 bits. */
export const takeId = (host: Host): number => {
  host.nextId += 1;
  return host.nextId;
};

/** The instant of what happens next. */
export const tick = (host: Host): string => {
  host.clock += 1_000;
  return new Date(host.clock).toISOString().replace('.000Z', 'Z');
};

export const nextNumber = (host: Host): number => Math.max(0, ...host.pulls.keys(), ...host.issues.keys()) + 1;

export function findIssue(host: Host, number: number): Issue {
  const found = host.pulls.get(number) ?? host.issues.get(number);
  if (!found) throw new Error(`there is no issue ${number}`);
  return found;
}

export function findPull(host: Host, number: number): Pull {
  const found = host.pulls.get(number);
  if (!found) throw new Error(`there is no pull request ${number}`);
  return found;
}

/** By login or id. */
export function findUser(host: Host, name: string | number): User {
  const found = host.users.find(({ id, login }) => id === name || login === name);
  if (!found) throw new Error(`there is no account ${name}`);
  return found;
}
