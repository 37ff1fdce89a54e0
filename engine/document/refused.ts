import type { Problem } from './problem.ts';

/** What YAML has and Proviso does not read, each with what to write instead. */

export const MOST_LEVELS = 32;

const refuse = (rule: string, start: number, end: number, message: string, help: string): Problem => ({
  rule,
  start,
  end,
  message,
  help,
});

export const refuseAnchor = (start: number, end: number) =>
  refuse('yaml-anchor', start, end, 'anchors (&name) are not read', REPEAT);

export const refuseAlias = (start: number, end: number) =>
  refuse('yaml-alias', start, end, 'aliases (*name) are not read', REPEAT);

export const refuseTag = (start: number, end: number) =>
  refuse(
    'yaml-tag',
    start,
    end,
    'tags (!name) are not read',
    'remove the tag; write a text in quotes and a number without them',
  );

export const refuseDirective = (start: number, end: number) =>
  refuse('yaml-directive', start, end, 'directives (%NAME) are not read', 'remove the line');

export const refuseDocument = (start: number, end: number) =>
  refuse(
    'several-documents',
    start,
    end,
    'a second document begins here; a file holds one',
    'move what follows into a file of its own, or remove this line',
  );

export const refuseNesting = (start: number, end: number) =>
  refuse(
    'nesting-too-deep',
    start,
    end,
    `the nesting is too deep: more than ${MOST_LEVELS} levels`,
    'nothing in the language nests so deep; look for brackets that do not close',
  );

export const refuseMergeKey = (start: number, end: number) =>
  refuse('merge-key', start, end, 'merge keys (<<) are not read', REPEAT);

const REPEAT = 'write the values out where they hold, or put what is shared into a plan';
