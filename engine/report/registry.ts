import type { Reporter } from './reporter.ts';
import { githubReporter } from './reporters/github-reporter.ts';
import { jsonReporter } from './reporters/json-reporter.ts';
import { markdownReporter } from './reporters/markdown-reporter.ts';
import { sarifReporter } from './reporters/sarif-reporter.ts';
import { textReporter } from './reporters/text-reporter.ts';

/** How results are printed, by what `--format` calls it. */
export const reporters = {
  text: textReporter,
  json: jsonReporter,
  markdown: markdownReporter,
  github: githubReporter,
  sarif: sarifReporter,
} satisfies Readonly<Record<string, Reporter>>;
