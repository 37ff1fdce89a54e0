import type { Context } from '../command.ts';
import { openAtGitHub } from './open-github.ts';

export interface Posted {
  /** Kebab-case: there is one open issue of each kind. */
  kind: string;
  title: string;
  /** Markdown. */
  body: string;
}

/** Keeps one open issue of a kind up to date, on the repository of the workflow or of `origin`; a closed one is left and followed by another. */
export async function postIssue(
  context: Pick<Context, 'root' | 'variables'>,
  { kind, title, body }: Posted,
): Promise<{ number: number; url: string; did: 'created' | 'updated' }> {
  const { github } = await openAtGitHub(context);
  return github.issue({ marker: markerOf(kind), title, body, labels: [`proviso/${kind}`] });
}

/** Closes what is open of a kind; gives the addresses of what was closed. */
export async function closeIssue(context: Pick<Context, 'root' | 'variables'>, kind: string): Promise<string[]> {
  const { github } = await openAtGitHub(context);
  return github.closeIssues(markerOf(kind));
}

const markerOf = (kind: string): string => `<!-- proviso-${kind}:v1 -->`;
