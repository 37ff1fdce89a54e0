/** Why a server does not start; `help` says what to do. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  readonly code: 'needsTokens' | 'badTokens' | 'badOrigin' | 'cannotListen';
  readonly help: string;

  constructor(code: ServerError['code'], message: string, help: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.help = help;
  }
}
