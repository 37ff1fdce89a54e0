import type { Account, Authorship } from '../approve/approval.ts';

/** Somebody a commit names, and whose account that is, as far as anybody knows. */
export interface Signer {
  name: string;
  email: string;
  account: Account | null;
}

/** Who a commit says wrote it. */
export interface SignedCommit {
  id: string;
  message: string;
  author: Signer | null;
  committer: Signer | null;
  coAuthors: readonly Signer[];
  /** GitHub has verified its signature. */
  isVerified: boolean;
}

/** What is known of a pull request beside its commits. */
export interface Opened {
  /** Who opened it; null: the account is gone. */
  author: Account | null;
  /** Whether the commits are all there are. */
  isComplete: boolean;
  /** Absent where nobody can tell. */
  lastPusher?: Account | null;
}

const WEB_FLOW = 19_864_447;

/**
 * Everybody who had a hand in these commits, and in the pull request that holds them. What is not known is named in `unknown`,
 * so that it is never taken for nobody: an account that is gone, an e-mail nobody owns, a push nobody remembers.
 */
export function authorshipOf(commits: readonly SignedCommit[], pull?: Opened): Authorship {
  const people = new Map<number, Account>();
  const unknown = new Set<string>();
  const emails = new Set<string>();
  const add = (account: Account | null | undefined, otherwise: string): void => {
    if (account) people.set(account.id, account);
    else unknown.add(otherwise);
  };
  if (pull) add(pull.author, 'who opened the pull request');
  if (pull?.isComplete === false) unknown.add('commits that GitHub does not list');
  for (const commit of commits) {
    const signers = [commit.author, ...(isCommittedByGitHub(commit) ? [] : [commit.committer]), ...commit.coAuthors];
    for (const signer of signers) {
      if (signer?.email) emails.add(signer.email.toLowerCase());
      const isNobody = signer?.account?.id === WEB_FLOW;
      add(isNobody ? null : signer?.account, signer?.email || signer?.name || `a signer of ${commit.id.slice(0, 12)}`);
    }
  }
  if (pull) add(pull.lastPusher, 'who pushed last');
  return { people: [...people.values()], unknown: [...unknown], emails: [...emails] };
}

/** What is made on the web is committed by GitHub's own account; without its signature anybody may have written that name. */
const isCommittedByGitHub = ({ committer, isVerified }: SignedCommit): boolean =>
  isVerified && committer?.account?.id === WEB_FLOW;

const TRAILER = /^\s*co-authored-by\s*:\s*(.*?)\s*(?:<([^<>]*)>)?\s*$/i;

/** Whom a commit message names as co-authors, wherever in it and however written. */
export function coAuthorsOf(message: string): { name: string; email: string }[] {
  return message.split(/\r\n|\r|\n/).flatMap((line) => {
    const [isTrailer, name = '', email = ''] = TRAILER.exec(line) ?? [];
    return isTrailer === undefined ? [] : [{ name, email: email.trim() }];
  });
}

/** The account in an address that GitHub gives to those who keep their own to themselves: `1001+kim@users.noreply.github.com`. */
export function accountInEmail(email: string): Account | null {
  const [, id, login] = /^([0-9]{1,15})\+([^@]+)@users\.noreply\./i.exec(email) ?? [];
  if (!id || !login) return null;
  return { id: Number(id), login, type: login.endsWith('[bot]') ? 'Bot' : 'User' };
}
