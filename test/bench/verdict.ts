import type { Row } from './part.ts';

/** The ratio of a row, and its goal with whether it was reached; `isTried`: sizes were too small to say. */
export function verdict({ ratio, goal }: Row, isTried = false): [ratio: string, goal: string] {
  if (ratio === undefined || !Number.isFinite(ratio)) return ['', goal ? 'not compared' : ''];
  if (!goal) return [`${ratio.toFixed(2)}×`, ''];
  const [sign, bound, isMet] =
    'atLeast' in goal ? ['≥', goal.atLeast, ratio >= goal.atLeast] : ['≤', goal.atMost, ratio <= goal.atMost];
  const word = isTried ? '(tried small: not judged)' : isMet ? '✓ met' : '✗ missed';
  return [`${ratio.toFixed(2)}×`, `${sign} ${bound}× ${word}`];
}
