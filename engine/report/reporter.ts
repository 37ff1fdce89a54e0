/** What a reporter is given and what it gives. One reporter = one file in `reporters/` and one line in `registry.ts`. */
import type { Diagnostic } from '../diagnostic.ts';
import type { TextOf } from './format-diagnostics.ts';
import type { Paint } from './paint.ts';
import type { Tracked } from './tracked.ts';

/** A rule for who never saw it. */
export interface RuleWords {
  /** What it finds, in one line. */
  summary: string;
  /** What to do instead, in sentences. */
  help: string;
}

/** What a command found out. */
export interface Finding {
  diagnostics: readonly Diagnostic[];
  /** What `json`, `text` and `markdown` tell by themselves; the other formats show it like the diagnostics. */
  tracked?: readonly Tracked[];
  /** What the rules of those are about, by name. */
  rules?: Readonly<Record<string, RuleWords>>;
  /** The result for programs; `diagnostics` are added to it. */
  json?: () => object;
  /** The result for people, ending in a newline. */
  text?: () => string;
  /** The same as a document of Markdown, the diagnostics included; without it the text is shown as it is. */
  markdown?: () => string;
}

/** What a reporter may know of where it prints. */
export interface Surroundings {
  paint: Paint;
  /** The files the diagnostics point into. */
  textOf: TextOf;
  /** Where what paths count from lies in the checkout, `''` or `terms`: GitHub names files from there. */
  folder: string;
  /** Whether a Markdown summary is shown beside what is printed. */
  hasSummary: boolean;
  version: () => string;
}

export interface Printed {
  /** For stdout. */
  out: string;
  /** For stderr. */
  error?: string;
  /** For the summary, where there is one; Markdown. */
  summary?: () => string;
}

export type Reporter = (finding: Finding, surroundings: Surroundings) => Printed;
