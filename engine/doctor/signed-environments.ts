import type { Place } from '../diagnostic.ts';
import type { Setup } from './setup.ts';

export interface SignedEnvironment {
  name: string;
  /** Where the policy says so. */
  at: Place;
}

/** The environments that take signed releases alone: all but `local`, and those whose policy says `signed: false`. */
export function signedEnvironments({ model: { world } }: Setup): SignedEnvironment[] {
  const { publish } = world;
  if (!publish) return [];
  return Object.entries(publish.data.environments ?? {}).flatMap(([name, { signed }]) =>
    (signed ?? name !== 'local') ? [{ name, at: publish.document.locate(['environments', name], 'key') }] : [],
  );
}
