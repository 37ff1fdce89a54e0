import type { Expected, Liveness } from '../publish/find-missing-clients.ts';
import { namesText } from './clients-text.ts';
import { plural } from './plural.ts';

/** Whether a release is live at everybody who must serve it, and who is missing. */
export function waitText(release: number, { isLive, live, missing }: Liveness, { atLeast }: Expected): string {
  if (isLive) return `Release ${release} is live at ${plural(live, 'client')}.\n`;
  const few = live < atLeast ? ` where ${plural(atLeast, 'is', 'are')} expected` : '';
  const says = `Release ${release} is not live everywhere: ${plural(live, 'client serves', 'clients serve')} it${few}.\n`;
  return missing.length === 0 ? says : `${says}Missing:\n${namesText(missing)}`;
}
