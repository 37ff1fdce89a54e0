/** Why terms cannot be answered; `code` is for programs. */
export class TermsError extends Error {
  override readonly name = 'TermsError';
  readonly code:
    | 'notPublished'
    | 'otherPlace'
    | 'needsNewerReader'
    /** It comes before a release that was read, or that this reader was told of. */
    | 'older'
    /** Not signed by a key the reader trusts, or the reader was given none. */
    | 'untrusted'
    /** What `keys` names is not there, cannot be read, or is no keyset. */
    | 'badKeys'
    | 'unknownPlan'
    | 'planMissing'
    | 'badQuantity';

  constructor(code: TermsError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
