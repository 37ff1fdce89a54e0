import type { How } from './situation.ts';

const words: Readonly<Record<How, (about: string) => string>> = {
  equality: (about) => `compared with \`${about}\``,
  case: (about) => (about ? `a branch of \`${about}\`` : 'a branch of its own'),
  membership: (about) => (about ? `in a list that \`${about}\` is looked up in` : 'in a list'),
  key: (about) => (about ? `a key of \`${about}\`` : 'a key'),
  affix: (about) => `what \`${about}\` begins or ends with`,
  pattern: (about) => `a pattern for \`${about}\``,
  query: (about) => `what a query picks rows by (\`${about}\`)`,
  enum: (about) => `a member of \`${about}\``,
  environment: () => 'in the name of an environment variable',
  flag: () => 'in the name of a feature flag',
  fallback: (about) => `what \`${about}\` is when nothing is set`,
  argument: (about) => `named in a call of \`${about}\``,
  decorator: (about) => `named in \`@${about}\``,
  property: (about) => `the value of \`${about}\``,
  element: (about) => `in the list \`${about}\``,
  held: (about) => `the value of \`${about}\``,
  named: (about) => `in the name \`${about}\``,
  setting: (about) => (about ? `set in \`${about}\`` : 'a setting of its own'),
};

/** Why it is a rule, as the middle of a sentence. */
export const whyItDecides = (how: How, about: string): string => words[how](shorten(about));

const shorten = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').replaceAll('`', "'").trim();
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
};
