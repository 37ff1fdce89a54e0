/**
 * The command could not run as it was asked: a wrong argument, no repository, an unknown ref. Ends a command with exit code 2.
 * What a user wrote wrongly in a file is never this; that is a `Diagnostic`.
 */
export class UsageError extends Error {
  override name = 'UsageError';
  /** What to do about it, in one sentence. */
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.help = help;
  }
}
