import { createPrivateKey, sign } from 'node:crypto';
import { UsageError } from '../../usage-error.ts';
import { type Access, connect } from './connect.ts';

export interface App {
  /** Its id or client id. */
  id: string;
  /** PEM, as GitHub gives it. */
  key: string;
}

/** What the token of an app may do here, and no more. */
type Permissions = Readonly<Record<string, 'read' | 'write'>>;

/**
 * A token of the app for this one repository, good for an hour. Throws `UsageError` for a key that is none, `GitHubError` where the app
 * is not installed.
 */
export async function appToken(access: Omit<Access, 'token'>, app: App, permissions: Permissions): Promise<string> {
  const { octokit, repo } = await connect({ ...access, token: appAssertion(app, access.pace?.now() ?? Date.now()) });
  const { data: installation } = await octokit.rest.apps.getRepoInstallation(repo);
  const { data } = await octokit.rest.apps.createInstallationAccessToken({
    installation_id: installation.id,
    repositories: [repo.repo],
    permissions,
  });
  return data.token;
}

/** Says who the app is, signed with its key; good for nine minutes. */
function appAssertion({ id, key }: App, now: number): string {
  const seconds = Math.floor(now / 1_000);
  // A minute early, for clocks that differ.
  const parts = [
    { alg: 'RS256', typ: 'JWT' },
    { iat: seconds - 60, exp: seconds + 540, iss: id },
  ];
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  let secret: ReturnType<typeof createPrivateKey>;
  try {
    secret = createPrivateKey(key.replaceAll('\\n', '\n'));
  } catch {
    throw new UsageError(
      'the key of the app is no private key',
      'give the whole .pem file that GitHub made for the app',
    );
  }
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), secret).toString('base64url')}`;
}
