import type { Certainty, Dictionary, Marks, Match } from './dictionary.ts';
import { marksOf } from './mark.ts';

const certainties: readonly Certainty[] = ['unique', 'name', 'ordinary', 'number'];

/**
 * What either of two dictionaries names: where a change is judged, the one before it and its own, so that it hides no customer, and one
 * that it brings is looked for at once. What the first says of an account comes first. `undefined` where they are marked with different salts.
 */
export function joinDictionaries(first: Dictionary, second: Dictionary): Dictionary | undefined {
  if (first.marks.salt !== second.marks.salt) return undefined;
  return {
    lookUp: (spelling, text) => join(first.lookUp(spelling, text), second.lookUp(spelling, text)),
    mostParts: Math.max(first.mostParts, second.mostParts),
    marks: joinMarks(first.marks, second.marks),
  };
}

function join(first: readonly Match[], second: readonly Match[]): readonly Match[] {
  if (first.length === 0 || second.length === 0) return first.length === 0 ? second : first;
  const joined = new Map(first.map((match) => [match.account, match]));
  for (const match of second) {
    const known = joined.get(match.account);
    if (!known || certainties.indexOf(match.certainty) < certainties.indexOf(known.certainty))
      joined.set(match.account, match);
  }
  return [...joined.values()];
}

function joinMarks(first: Marks, second: Marks): Marks {
  const { salt, bits, exact } = marksOf(first.salt, [...first.exact, ...second.exact]);
  return { salt, bits, exact, gate: first.gate.map((door, index) => door | (second.gate[index] ?? 1)) };
}
