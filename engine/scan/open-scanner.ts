import type { Buffer } from 'node:buffer';
import type { Diagnostic } from '../diagnostic.ts';
import { isGenerated } from './files/is-generated.ts';
import type { Finding } from './finding.ts';
import type { Held } from './held.ts';
import { mayHoldUnlisted, spokenWords } from './judge/may-hold-unlisted.ts';
import type { Offer } from './judge/offer.ts';
import { findSuppressions } from './living/find-suppressions.ts';
import type { Suppression } from './living/suppression.ts';
import type { Dictionary, Marks } from './names/dictionary.ts';
import { marksOfTokens } from './names/mark.ts';
import { mentionedTokens } from './names/mentioned-tokens.ts';
import type { ScanPolicy } from './policy.ts';
import { scanText } from './scan-text.ts';
import { scanUses } from './scan-uses.ts';
import { sift } from './sieve.ts';
import { commentsIn } from './syntax/comments-of.ts';
import type { Parse } from './syntax/grammars.ts';
import type { Language } from './syntax/language.ts';
import { unescapePattern } from './syntax/unescape-pattern.ts';

/** A file as it lies there; `bytes` are UTF-8. */
export interface SourceBytes {
  path: string;
  bytes: Buffer;
  language: Language;
  /** Reads it though it says that a machine wrote it, or looks so. */
  evenGenerated?: boolean;
}

export interface Scanned {
  findings: readonly Finding[];
  /** Constants other files may decide by. */
  held: readonly Held[];
  suppressions: readonly Suppression[];
  /** What is wrong with its suppressions. */
  diagnostics: readonly Diagnostic[];
  /** Whether it had to be parsed: it names an account, or may compare one that is in no list. */
  parsed: boolean;
  /** Whether a machine wrote it: then nothing in it is reported. */
  generated: boolean;
}

/** Of a file in which nothing is found, or into which nobody looked. */
export const nothing: Scanned = {
  findings: [],
  held: [],
  suppressions: [],
  diagnostics: [],
  parsed: false,
  generated: false,
};

export interface Scanner {
  scan(source: SourceBytes): Scanned;
  /** Rules that a file makes with constants of other files. */
  scanUses(source: SourceBytes, held: readonly Held[]): ReadonlyMap<Held, Finding>;
}

export interface ScannerOptions {
  /** What findings may advise instead. */
  offers?: readonly Offer[];
  /** Leaves out the sieve: the findings are the same, and it takes long. */
  parseEverything?: boolean;
}

/** Opens the scanner for many files. */
export function openScanner(
  dictionary: Dictionary,
  policy: ScanPolicy,
  grammarOf: (language: Language) => Parse,
  { parseEverything = false, offers = [] }: ScannerOptions = {},
): Scanner {
  const nouns: Marks = marksOfTokens(dictionary.marks.salt, spokenWords(policy.identifiers));
  const tools = { dictionary, policy, offers, grammarOf };
  let sought: { held: readonly Held[]; marks: Marks } | undefined;
  return {
    scan({ path, bytes, language, evenGenerated = false }) {
      const { tokens, spoken } = sift(bytes, dictionary.marks, nouns);
      const unlisted = mayHoldUnlisted(bytes, spoken, language.settings);
      // What excuses nothing any more stands in a file that names nobody.
      const excuses = bytes.includes('proviso-allow');
      if (tokens.size === 0 && !unlisted && !excuses && !parseEverything) return nothing;
      const text = bytes.toString();
      const mentioned = parseEverything ? undefined : mentionedTokens(text, tokens, dictionary, unescapePattern);
      if (mentioned?.size === 0 && !unlisted && !excuses) return nothing;
      if (!evenGenerated && isGenerated(text)) return { ...nothing, generated: true };
      const said = excuses
        ? findSuppressions({ path, text }, commentsIn(text, language, grammarOf))
        : { suppressions: [], diagnostics: [] };
      const wanted = { unlisted, tokens: mentioned };
      return {
        ...said,
        ...scanText({ path, text, language }, { ...tools, ...wanted }),
        parsed: true,
        generated: false,
      };
    },
    scanUses({ path, bytes, language, evenGenerated = false }, held) {
      if (sought?.held !== held)
        sought = {
          held,
          marks: marksOfTokens(
            0,
            held.map(({ bound }) => runOf(bound.name)),
          ),
        };
      if (sift(bytes, sought.marks, NONE).tokens.size === 0) return new Map();
      const text = bytes.toString();
      return !evenGenerated && isGenerated(text)
        ? new Map()
        : scanUses({ path, text, language }, held, { ...tools, unlisted: true });
    },
  };
}

const NONE = marksOfTokens(0, []);

/** The longest run of letters in a name: a token of every file that has the name. */
const runOf = (name: string): string =>
  (name.match(/[A-Za-z0-9]+|[^\0-\x7f]+/g) ?? []).reduce((long, run) => (run.length > long.length ? run : long), '');
