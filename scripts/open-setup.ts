import type { Diagnostic } from '../engine/diagnostic.ts';
import { mayBeShown } from '../engine/doctor/private-key-in.ts';
import { readWorkflows } from '../engine/doctor/read-workflows.ts';
import type { RepositorySettings } from '../engine/doctor/repository-settings.ts';
import type { KeyFacts, Setup } from '../engine/doctor/setup.ts';
import { repositoryName } from '../engine/io/git.ts';
import { readKeysets } from '../engine/io/read-keysets.ts';
import { readSetup } from '../engine/io/read-setup.ts';
import type { SourceFile } from '../engine/source-file.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { Context } from './command.ts';
import { findStaleSchemas } from './find-stale-schemas.ts';
import { openRepository } from './open-repository.ts';

const NAME = /^[\w.-]+\/[\w.-]+$/;

/**
 * Reads everything the doctor looks at. GitHub is asked where there is a token (GITHUB_TOKEN or GH_TOKEN) and a name: the
 * one that is given, else GITHUB_REPOSITORY, else the remote's. Throws `UsageError` where there is no git repository.
 */
export async function openSetup(
  context: Pick<Context, 'root' | 'variables' | 'at'>,
  { repository: named, runsCode }: { repository?: string; runsCode: boolean },
): Promise<{ setup: Setup; diagnostics: Diagnostic[]; sources: SourceFile[] }> {
  if (named !== undefined && !NAME.test(named))
    throw new UsageError(`--repository is a name like acme/terms, not "${named}"`);
  const [read, repository, staleSchemas, settings] = await Promise.all([
    readSetup(context.root),
    openRepository(context),
    runsCode ? findStaleSchemas(context.root) : undefined,
    askGitHub(context, named),
  ]);
  const { workflows, actions, diagnostics } = readWorkflows(read.files);
  const git = { ...read.git, ...(settings?.defaultBranch !== undefined && { defaultBranch: settings.defaultBranch }) };
  return {
    setup: {
      ...read,
      keys: readKeys(context),
      git,
      workflows,
      actions,
      model: repository.model,
      settings,
      staleSchemas,
    },
    // What is wrong with terms is for `validate` to say; a policy that cannot be read was not judged here.
    diagnostics: [...diagnostics, ...repository.diagnostics.filter(({ at }) => at.path.startsWith('policies/'))],
    sources: [...read.files.values(), ...repository.files].filter(mayBeShown),
  };
}

function readKeys({ root, at: { instant: now } }: Pick<Context, 'root' | 'at'>): KeyFacts {
  try {
    return { keysets: readKeysets(root), now };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const { message, help } = error;
    return { keysets: [], trouble: { message, ...(help !== undefined && { help }) }, now };
  }
}

async function askGitHub(
  { root, variables }: Pick<Context, 'root' | 'variables'>,
  named: string | undefined,
): Promise<RepositorySettings | undefined> {
  const token = variables.GITHUB_TOKEN || variables.GH_TOKEN;
  if (!token) return undefined;
  const repository = named ?? variables.GITHUB_REPOSITORY ?? (await repositoryName(root));
  if (!NAME.test(repository) || repository.startsWith('local/')) return undefined;
  const { readSettings } = await import('../engine/io/github/read-settings.ts');
  return readSettings({ repository, token, baseUrl: variables.GITHUB_API_URL });
}
