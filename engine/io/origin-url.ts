import { plainConfig } from './place-in-git.ts';
import { tryGit } from './run-git.ts';

/** Where a repository was cloned from; undefined where it comes from nowhere. */
export async function originUrl(root: string): Promise<string | undefined> {
  const config = Object.keys(process.env).some((name) => name.startsWith('GIT_CONFIG')) ? undefined : plainConfig(root);
  const written = config === undefined ? undefined : originIn(config);
  if (written !== undefined) return written;
  const { code, stdout } = await tryGit(root, ['config', '--get', 'remote.origin.url']);
  return code === 0 ? stdout.toString('utf8').trim() : undefined;
}

/**
 * What `git clone` and `git remote add` write, where every line is as they write it. All else git would understand is left to git,
 * which takes as long as a start of it.
 */
function originIn(config: string): string | undefined {
  let section = '';
  let url: string | undefined;
  for (const line of config.split('\n')) {
    const header = /^\[([A-Za-z0-9-]+)(?: "([^"\\]*)")?\]$/.exec(line);
    const entry = /^\t([A-Za-z0-9-]+) = ([^"\\#;]*[^"\\#;\s])$/.exec(line);
    if (header) section = `${header[1]?.toLowerCase()} ${header[2]}`;
    else if (!entry && line !== '') return undefined;
    else if (entry && section === 'remote origin' && entry[1]?.toLowerCase() === 'url') url = entry[2];
  }
  return url;
}
