import { distance } from 'fastest-levenshtein';

/** The one of `candidates` a mistyped word most likely stands for; nothing when none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const typed = word.toLowerCase();
  let best: string | undefined;
  // A third of the letters may differ, so that a short word is not corrected into another word.
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const far = isSwapped(typed, candidate.toLowerCase()) ? 1 : distance(typed, candidate.toLowerCase());
    if (far >= least) continue;
    least = far;
    best = candidate;
  }
  return best;
}

/** Two letters next to each other changed places: one slip of the fingers, which edit distance counts as two. */
function isSwapped(a: string, b: string): boolean {
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return at >= 0 && `${a.slice(0, at)}${a[at + 1]}${a[at]}${a.slice(at + 2)}` === b;
}

/** `; did you mean studio@2?` to end a message with, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const meant = nearest(word, candidates);
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}
