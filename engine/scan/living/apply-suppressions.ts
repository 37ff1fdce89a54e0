import { addDays } from '../../../runtime/terms/days.ts';
import type { Day } from '../../../runtime/terms/timeline.ts';
import type { Diagnostic } from '../../diagnostic.ts';
import type { Finding } from '../finding.ts';
import type { KnownExceptions } from './known-exceptions.ts';
import type { Suppression } from './suppression.ts';

/** Longer than that, nobody looks again. */
const MOST_DAYS = 366;

export interface SuppressionJudgement {
  /** What suppresses each finding, in the order given; none for most. */
  by: readonly (Suppression | undefined)[];
  /** Each that counts, with how many findings it suppresses; void ones are not among them. */
  counted: readonly { suppression: Suppression; findings: number }[];
  /** What is void, out of use or to last too long. */
  diagnostics: readonly Diagnostic[];
}

type Suppressible = Pick<Finding, 'at' | 'statement' | 'account'>;

/** Which findings are suppressed on a day, and what is wrong with suppressions. One speaks for the findings of its statement or line only. */
export function applySuppressions(
  findings: readonly Suppressible[],
  suppressions: readonly Suppression[],
  { day, known }: { day: Day; known: KnownExceptions },
): SuppressionJudgement {
  const by: (Suppression | undefined)[] = findings.map(() => undefined);
  const counted: { suppression: Suppression; findings: number }[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const suppression of suppressions) {
    const reach = findings.flatMap((finding, index) => (reaches(suppression, finding) ? [index] : []));
    const fault = voidBecause(suppression, day, known);
    if (fault) {
      diagnostics.push(fault);
      continue;
    }
    const own = reach.filter((index) => {
      const account = findings[index]?.account;
      // Of one that no list holds nobody knows whose it is.
      return account === undefined || known.mayBeOf(suppression.exception, account);
    });
    const strange = reach.find((index) => !own.includes(index));
    for (const index of own) by[index] ??= suppression;
    counted.push({ suppression, findings: own.length });
    if (strange !== undefined) diagnostics.push(strangerTo(suppression, findings[strange]?.account));
    else if (own.length === 0) diagnostics.push(unused(suppression));
    if (suppression.until > addDays(day, MOST_DAYS)) diagnostics.push(tooLong(suppression, day));
  }
  return { by, counted, diagnostics };
}

function reaches({ at, line }: Suppression, { at: place, statement }: Suppressible): boolean {
  if (line === undefined || at.path !== place.path) return false;
  const isOn = line >= place.start.line && line <= (place.end?.line ?? place.start.line);
  return isOn || line === statement?.first || line === statement?.last;
}

/** Why it suppresses nothing. */
function voidBecause(suppression: Suppression, day: Day, known: KnownExceptions): Diagnostic | undefined {
  const { exception, owner, until, at } = suppression;
  const state = known.stateOf(exception, day);
  if (state === 'unknown')
    return {
      rule: 'bad-suppression',
      severity: 'error',
      message: `this suppresses nothing: there is no exception ${exception}`,
      at,
      help: 'name the exception the code is for; without one, take the rule out of the code',
    };
  if (state === 'closed')
    return {
      rule: 'closed-suppression',
      severity: 'warning',
      message: `this suppresses nothing any more: the exception ${exception} is over or was refused`,
      at,
      help: `${owner} takes the rule out of the code, or renews the exception`,
    };
  if (until >= day) return undefined;
  return {
    rule: 'expired-suppression',
    severity: 'warning',
    message: `this suppresses nothing any more: it ended on ${until}`,
    at,
    help: `${owner} takes the rule out of the code, or says a later day and why`,
  };
}

/** An exception of one customer excuses nothing about another. */
const strangerTo = ({ exception, at }: Suppression, account = ''): Diagnostic => ({
  rule: 'bad-suppression',
  severity: 'error',
  message: `this does not suppress a rule about ${account}: the exception ${exception} is another customer's`,
  at,
  help: `name an exception of ${account}, or give its rule a line of its own`,
});

const unused = ({ at, line }: Suppression): Diagnostic => ({
  rule: 'unused-suppression',
  severity: 'warning',
  message:
    line === undefined
      ? 'this suppresses nothing: no code follows on the next line'
      : 'this suppresses nothing: there is no finding on its statement',
  at,
  help: 'take the comment out, so that it does not excuse what somebody writes here later',
});

const tooLong = ({ until, at }: Suppression, day: Day): Diagnostic => ({
  rule: 'long-suppression',
  severity: 'warning',
  message: `this lasts until ${until}, more than twelve months ahead`,
  at,
  help: `say a day until ${addDays(day, MOST_DAYS)}: by then somebody looks again`,
});
