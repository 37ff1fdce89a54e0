/** GitHub did not do what was asked. The message holds no secret. Ends a command with exit code 3. */
export class GitHubError extends Error {
  override name = 'GitHubError';
  /** What to do about it, in one sentence. */
  readonly help: string | undefined;
  /** Of the answer; undefined where there was none. */
  readonly status: number | undefined;
  /** It may work later. */
  readonly isTransient: boolean;
  /** A request that creates something, of which nobody knows whether it was carried out. */
  readonly isLost: boolean;

  constructor(
    message: string,
    about: { help?: string; status?: number; isTransient?: boolean; isLost?: boolean } = {},
  ) {
    super(message);
    this.help = about.help;
    this.status = about.status;
    this.isTransient = about.isTransient ?? false;
    this.isLost = about.isLost ?? false;
  }
}
