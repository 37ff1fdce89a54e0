import { didYouMean } from '../engine/did-you-mean.ts';
import { list } from '../engine/report/list.ts';
import { UsageError } from '../engine/usage-error.ts';

/** An environment nobody wrote down is a mistake in typing. `names` are those of `policies/publish.yaml`, where it is there. */
export function refuseUnknownEnvironment(environment: string, names: readonly string[] | undefined): void {
  if (!names || environment === 'local' || names.includes(environment)) return;
  throw new UsageError(
    `policies/publish.yaml has no environment ${environment}${didYouMean(environment, names)}`,
    `it has ${list(names)}`,
  );
}
