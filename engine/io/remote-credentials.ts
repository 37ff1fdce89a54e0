import { Buffer } from 'node:buffer';

/** How to speak to a remote that asks who is there. */
export interface Credentials {
  /** `https://github.com`: the token is sent to nobody else. */
  server: string;
  token: string;
}

/** In the environment, because everybody on the machine may read the arguments of a process. The empty value drops what is configured. */
export function headerFor(credentials: Credentials | undefined): Record<string, string> {
  if (!credentials) return {};
  const key = `http.${credentials.server.replace(/\/+$/, '')}/.extraheader`;
  const basic = Buffer.from(`x-access-token:${credentials.token}`).toString('base64');
  const given = Number(process.env.GIT_CONFIG_COUNT ?? 0) || 0;
  return {
    GIT_CONFIG_COUNT: String(given + 2),
    [`GIT_CONFIG_KEY_${given}`]: key,
    [`GIT_CONFIG_VALUE_${given}`]: '',
    [`GIT_CONFIG_KEY_${given + 1}`]: key,
    [`GIT_CONFIG_VALUE_${given + 1}`]: `AUTHORIZATION: basic ${basic}`,
  };
}
