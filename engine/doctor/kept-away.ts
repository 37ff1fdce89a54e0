import { proposedTriggers } from './job-facts.ts';
import { type Job, textOf } from './workflow.ts';

/** Its own condition keeps it from running on what a pull request proposes. */
export const isKeptAway = ({ data, workflow }: Job): boolean => {
  const condition = textOf(data.if);
  const others = [...workflow.triggers].filter((name) => !(proposedTriggers as readonly string[]).includes(name));
  return (
    /github\.ref\s*==\s*'refs\/heads\/|startsWith\(\s*github\.ref\s*,\s*'refs\/(?:heads|tags)\//.test(condition) ||
    others.some((name) => new RegExp(`github\\.event_name\\s*==\\s*'${name}'`).test(condition)) ||
    proposedTriggers
      .filter((name) => workflow.triggers.has(name))
      .every((name) => new RegExp(`github\\.event_name\\s*!=\\s*'${name}'`).test(condition))
  );
};
