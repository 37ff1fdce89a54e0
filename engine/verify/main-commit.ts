/** A commit of the published branch, as git tells it. */
export interface MainCommit {
  id: string;
  /** In git's order: the first is what the branch was before it. */
  parents: readonly string[];
  tree: string;
  author: Signature;
  committer: Signature;
  /** ISO instant of the committer's clock, which anybody may set. */
  committedAt: string;
  message: string;
}

/** A name and an e-mail as a commit gives them; nobody has checked either. */
export interface Signature {
  name: string;
  email: string;
}

/** The first line of its message. */
export const subjectLine = ({ message }: Pick<MainCommit, 'message'>): string => message.split('\n', 1)[0] ?? '';

export const shortId = (commit: string): string => commit.slice(0, 12);
