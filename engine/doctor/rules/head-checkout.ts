import { expressionsIn, simplify, trustOf } from '../expressions.ts';
import { actionName, allJobs, hasTrigger, outsideTriggers, stepsOf } from '../job-facts.ts';
import type { DoctorRule, Finding } from '../rule.ts';
import { fieldsOf, type Job, placeOf, type Step, textOf, textsIn } from '../workflow.ts';

/** Of the pull request, or of the run that was started by one. */
const HEAD =
  /github\.head_ref|github\.event\.(pull_request\.(head|merge_commit_sha)|workflow_run\.(head|pull_requests)|workflow_run\b(?!\.)|pull_request\b(?!\.)|merge_group\.head|comment|issue|discussion|client_payload)|refs\/pull\/|\bpull\/[^\s]*\/(head|merge)/i;

/** Of the repository itself, whatever the event. */
const BASE =
  /^\$\{\{\s*github\.(event\.)?(sha|repository(\.\w+)?|pull_request\.base\.(sha|ref|repo\.full_name)|base_ref|ref|ref_name)\s*\}\}$/i;

/** Commands that write a commit's files into the folder; `merge-tree` and `cat-file` do not. */
const CHECKOUT =
  /\bgit\b(?:[ \t]+-[cC][ \t]*(?!-)[^\s]+)*[ \t]+(?:checkout|switch|restore|reset|merge|pull|rebase|cherry-pick|worktree[ \t]+add|read-tree|archive|submodule|apply|am)(?![\w-])[^\n;&|]*/g;

const isHead = (text: string): boolean =>
  HEAD.test(text) || expressionsIn(text).some((expression) => HEAD.test(simplify(expression)));

function judgeCheckout(step: Step): Finding | undefined {
  for (const input of ['ref', 'repository']) {
    const value = textOf(step.with[input]);
    const at = placeOf(step, ['with', input]);
    if (isHead(value)) return { message: `${input} brings the code of whoever started the event: ${value}`, at };
    const isOpen = expressionsIn(value).some((one) => !BASE.test(one) && trustOf(one) !== undefined);
    if (isOpen)
      return {
        message: `where ${value} comes from cannot be told here`,
        at,
        severity: 'warning',
        fix: 'leave ref out, which is the default branch; read the pull request with git cat-file',
      };
  }
  return undefined;
}

/** Names under which a job's scripts know a commit or branch of the head: variables, and branches they fetch it into. */
function namesOfHead(job: Job, steps: readonly Step[]): RegExp[] {
  const names: RegExp[] = [];
  for (const { data, run } of steps) {
    const variables = { ...fieldsOf(job.workflow.data.env), ...fieldsOf(job.data.env), ...fieldsOf(data.env) };
    const own = Object.entries(variables)
      .filter(([, value]) => isHead(textOf(value)))
      .map(([name]) => new RegExp(`\\$(?:\\{|env:)?${escape(name)}\\b`));
    for (const [line] of run.matchAll(/\bgit\b[^\n;&|]*\bfetch\b[^\n;&|]*/g))
      if (isHead(line) || own.some((name) => name.test(line)))
        for (const [, target = ''] of line.matchAll(/:(?:refs\/\w+\/)?([\w./-]+)/g))
          names.push(new RegExp(`(?:^|[\\s/"'])${escape(target)}(?![\\w./-])`));
    names.push(...own);
  }
  return names;
}

const escape = (name: string): string => name.replace(/[^\w-]/g, '\\$&');

function* judgeScript({ document, pointer, run }: Step, names: readonly RegExp[]): Generator<Finding> {
  const message = 'the script checks out the code of whoever started the event';
  const at = (line: string) => document.find([...pointer, 'run'], line);
  for (const [line] of run.matchAll(/\bgh[ \t]+pr[ \t]+checkout\b/g)) yield { message, at: at(line) };
  for (const [line] of run.matchAll(CHECKOUT))
    if (/\bFETCH_HEAD\b/.test(line) || isHead(line) || names.some((name) => name.test(line)))
      yield { message, at: at(line) };
}

export const headCheckout: DoctorRule = {
  name: 'head-checkout',
  severity: 'error',
  fix: 'check out the default branch, and read what is proposed as git objects (git fetch, then git cat-file)',
  why: 'the workflow runs with the rights of the default branch, and a build, a hook or a test of that code would have them',
  *find(setup) {
    for (const job of allJobs(setup)) {
      if (!hasTrigger(job, outsideTriggers)) continue;
      const steps = stepsOf(job, setup);
      const names = namesOfHead(job, steps);
      for (const step of steps) {
        if (actionName(step) === 'actions/checkout') {
          const finding = judgeCheckout(step);
          if (finding) yield finding;
        } else if (step.uses !== '' && !step.uses.startsWith('./')) {
          // Other actions that fetch: what they are told is what they bring.
          for (const [text, pointer] of textsIn(step.with))
            if (
              /^(ref|repository|branch|sha|commit|git-ref|head)$/i.test(String(pointer[0])) &&
              isHead(text) &&
              /checkout|clone/i.test(step.uses)
            )
              yield {
                message: `${String(pointer[0])} brings the code of whoever started the event: ${text}`,
                at: placeOf(step, ['with', ...pointer]),
              };
        }
        yield* judgeScript(step, names);
      }
    }
  },
};
