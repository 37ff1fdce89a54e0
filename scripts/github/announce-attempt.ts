import { GitHubError } from '../../engine/io/github/github-error.ts';
import { markdownCodeBlock } from '../../engine/report/markdown-code.ts';
import { plain } from '../../engine/report/plain.ts';
import type { Context } from '../command.ts';
import type { PublishAttempt } from '../publish-commit.ts';
import { announceRelease, announceStop } from './announce-release.ts';

/**
 * Tells GitHub what came of a publish, where that runs in a workflow. The release is in force or refused whether or not
 * GitHub hears of it, so trouble in telling is told and changes nothing.
 */
export async function announceAttempt(context: Context, { commit, result, verified }: PublishAttempt): Promise<void> {
  if (context.variables.GITHUB_ACTIONS !== 'true') return;
  const { environment } = context;
  try {
    if (result?.outcome === 'published')
      await announceRelease(context, {
        environment,
        release: result.release,
        commit: result.commit,
        previous: verified?.evidence.from,
      });
    else if (result?.outcome === 'refused') {
      const body = markdownCodeBlock(`${result.message}\n\nWhat to do: ${result.help}`);
      await announceStop(context, { environment, commit: commit.commit, body });
    }
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    context.writeError(`GitHub was not told: ${plain(error.message)}\n`);
  }
}
