import type { Buffer } from 'node:buffer';
import type { Diagnostic } from '../diagnostic.ts';
import { commentsIn } from './comments-of.ts';
import type { Dictionary, Marks } from './dictionary.ts';
import { findSuppressions } from './find-suppressions.ts';
import type { Finding } from './finding.ts';
import type { Parse } from './grammars.ts';
import { isGenerated } from './is-generated.ts';
import type { Language } from './language.ts';
import { marksOfTokens } from './mark.ts';
import { mayHoldUnlisted, spokenWords } from './may-hold-unlisted.ts';
import type { Offer } from './offer.ts';
import type { ScanPolicy } from './policy.ts';
import { scanText } from './scan-text.ts';
import { sift } from './sieve.ts';
import type { Suppression } from './suppression.ts';

/** A file as it lies there; `bytes` are UTF-8. */
export interface SourceBytes {
  path: string;
  bytes: Buffer;
  language: Language;
}

export interface Scanned {
  findings: readonly Finding[];
  suppressions: readonly Suppression[];
  /** What is wrong with its suppressions. */
  diagnostics: readonly Diagnostic[];
  /** Whether it had to be parsed: it names an account, or may compare one that is in no list. */
  parsed: boolean;
  /** Whether a machine wrote it: then nothing in it is reported. */
  generated: boolean;
}

/** Opens the scanner for many files. `parseEverything` leaves out the sieve: the findings are the same, and it takes long. */
export function openScanner(
  dictionary: Dictionary,
  policy: ScanPolicy,
  grammarOf: (language: Language) => Parse,
  { parseEverything = false }: { parseEverything?: boolean; offers?: readonly Offer[] } = {},
): (source: SourceBytes) => Scanned {
  const nouns: Marks = marksOfTokens(dictionary.marks.salt, spokenWords(policy.identifiers));
  const nothing: Scanned = { findings: [], suppressions: [], diagnostics: [], parsed: false, generated: false };
  return ({ path, bytes, language }) => {
    const { tokens, spoken } = sift(bytes, dictionary.marks, nouns);
    const unlisted = mayHoldUnlisted(bytes, spoken);
    // What excuses nothing any more stands in a file that names nobody.
    const excuses = bytes.includes('proviso-allow');
    if (tokens.size === 0 && !unlisted && !excuses && !parseEverything) return nothing;
    const text = bytes.toString();
    if (isGenerated(text)) return { ...nothing, generated: true };
    const names = parseEverything ? undefined : tokens;
    const said = excuses
      ? findSuppressions({ path, text }, commentsIn(text, language, grammarOf))
      : { suppressions: [], diagnostics: [] };
    return {
      ...said,
      findings: scanText({ path, text, language }, { dictionary, policy, grammarOf, unlisted, tokens: names }),
      parsed: true,
      generated: false,
    };
  };
}
