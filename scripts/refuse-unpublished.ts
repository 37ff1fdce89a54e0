import type { Context } from './command.ts';
import { readEnvironments } from './read-environments.ts';
import { refuseUnknownEnvironment } from './refuse-unknown-environment.ts';

/** Where nothing is published under the name of an environment, the name may be the mistake. */
export async function refuseUnpublished({ root, environment }: Context): Promise<void> {
  const written = await readEnvironments(root);
  refuseUnknownEnvironment(environment, written && Object.keys(written));
}
