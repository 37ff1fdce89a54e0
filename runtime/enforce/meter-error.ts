/** Why use cannot be counted; `code` is for programs. It names the place, and never a user, a password or what the store said. */
export class MeterError extends Error {
  override readonly name = 'MeterError';
  readonly code: /** An npm package that counting needs is not installed. */
    | 'packageMissing'
    /** What `in` says is no place where use can be counted. */
    | 'badPlace'
    /** The store did not answer, refused, or answered too late. */
    | 'unavailable'
    | 'closed';

  constructor(code: MeterError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
