import type { Lasting } from '../../schemas/exception.ts';
import type { Pointer } from '../document.ts';
import type { ReportFault } from './fault.ts';
import { longestEmergency } from './longest-emergency.ts';

/** Reports an emergency that outlasts its three days, begins before it was made, or is closed before that. */
export function checkBreakGlass(
  { id, starts, expires, breakGlass }: Lasting,
  here: Pointer,
  report: ReportFault,
): void {
  if (!breakGlass) return;
  const { on, closed } = breakGlass;
  const last = longestEmergency(on);
  if (starts < on)
    report(
      [...here, 'starts'],
      'break-glass-early',
      `${id} starts ${starts}, before it was made in an emergency, ${on}`,
      {
        help: `start it on ${on} or later: what was before cannot be agreed in an emergency`,
      },
    );
  if (expires === 'contract' || expires > last)
    report(
      [...here, 'expires'],
      'break-glass-long',
      `${id} was made in an emergency on ${on} and expires ${expires === 'contract' ? 'with the contract' : expires}, later than ${last}`,
      {
        help: `let it expire on ${last} at the latest, and write what is to stay as an exception under the usual approvals`,
      },
    );
  if (closed && closed.on < on)
    report(
      [...here, 'breakGlass', 'closed', 'on'],
      'break-glass-closed-early',
      `${id} is closed on ${closed.on}, before it was made, ${on}`,
    );
}
