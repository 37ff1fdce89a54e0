import type { Diagnostic, Place, Severity } from '../diagnostic.ts';
import type { Pointer } from '../document.ts';
import type { Entry } from '../model.ts';

/** Reports a problem at a place in the data; the runner adds file, line and column. */
export type ReportFault = (
  at: Pointer,
  rule: string,
  message: string,
  more?: { help?: string; severity?: Severity; key?: boolean; related?: { message: string; at: Pointer } },
) => void;

/** A reporter for one file that keeps each problem once, however many days show it. */
export function faultsOf(entry: Pick<Entry<unknown>, 'document'>): { report: ReportFault; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  let seen: Set<string> | undefined;
  const place = (pointer: Pointer, key?: boolean): Place => entry.document.locate(pointer, key ? 'key' : 'value');
  const report: ReportFault = (at, rule, message, more = {}) => {
    // A message may name the day that shows it; between the same two places it is the same problem on every day.
    const id = [rule, ...at, '', ...(more.related?.at ?? [message])].join('/');
    if (seen?.has(id)) return;
    seen ??= new Set();
    seen.add(id);
    diagnostics.push({
      rule,
      severity: more.severity ?? 'error',
      message,
      at: place(at, more.key),
      ...(more.help && { help: more.help }),
      ...(more.related && { related: [{ message: more.related.message, at: place(more.related.at) }] }),
    });
  };
  return { report, diagnostics };
}
