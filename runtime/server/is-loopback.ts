/** Whether a host, as it is listened on or written in a `Host` header, is this machine and reached from nowhere else. */
export function isLoopback(written: string): boolean {
  const host = withoutPort(written.toLowerCase());
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function withoutPort(host: string): string {
  if (host.startsWith('[')) return host.slice(1, host.indexOf(']'));
  const colon = host.indexOf(':');
  return colon >= 0 && colon === host.lastIndexOf(':') ? host.slice(0, colon) : host;
}
