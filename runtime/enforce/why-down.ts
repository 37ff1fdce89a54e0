/** What is most often the matter, by the code or the first word of an error. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there; start it, or check host and port',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'there is no such host; check the URL',
  EAI_AGAIN: 'the name of the host cannot be looked up at the moment',
  EHOSTUNREACH: 'there is no way to this host; check the network',
  ENETUNREACH: 'there is no way to this host; check the network',
  ETIMEDOUT: 'no connection came about in time; check host, port and network',
  NOAUTH: 'it asks for a user and password; write them in the URL',
  WRONGPASS: 'it does not know this user or password',
  NOPERM: 'this user may not do that',
  '28P01': 'it does not know this user or password',
  '28000': 'it does not let this user in',
  '3D000': 'there is no such database',
  '42501': 'this user may not do that',
};

/** Why a store cannot be asked, to go on after what cannot be done; of what it said its code alone, for it may hold a password. */
export function whyDown(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { code } = error as NodeJS.ErrnoException;
  const said = typeof code === 'string' ? code : (/^[A-Z]{4,}(?= )/.exec(error.message)?.[0] ?? '');
  if (Object.hasOwn(reasons, said)) return `: ${reasons[said]} (${said})`;
  return typeof code === 'string' && /^\w{1,40}$/.test(code) ? ` (${code})` : '';
}
