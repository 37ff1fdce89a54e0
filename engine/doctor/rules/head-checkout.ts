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
  /\bgit\b(?:[ \t]+-[cC][ \t]*[^\s]+)*[ \t]+(?:checkout|switch|restore|reset|merge|pull|rebase|cherry-pick|worktree[ \t]+add|read-tree|archive|submodule|apply|am)(?![\w-])[^\n;&|]*/g;

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

/** Names of variables that hold a commit or branch of the head. */
const headVariables = (job: Job, step: Step): string[] =>
  Object.entries({ ...fieldsOf(job.workflow.data.env), ...fieldsOf(job.data.env), ...fieldsOf(step.data.env) })
    .filter(([, value]) => isHead(textOf(value)))
    .map(([name]) => name);

function* judgeScript(job: Job, step: Step): Generator<Finding> {
  const message = 'the script checks out the code of whoever started the event';
  const variables = headVariables(job, step).map(
    (name) => new RegExp(`\\$\\{?${name.replace(/\W/g, '')}\\b|env:${name.replace(/\W/g, '')}\\b`),
  );
  for (const [line] of step.run.matchAll(/\bgh[ \t]+pr[ \t]+checkout\b/g))
    yield { message, at: step.document.find([...step.pointer, 'run'], line) };
  for (const [line] of step.run.matchAll(CHECKOUT))
    if (/\bFETCH_HEAD\b/.test(line) || isHead(line) || variables.some((variable) => variable.test(line)))
      yield { message, at: step.document.find([...step.pointer, 'run'], line) };
}

export const headCheckout: DoctorRule = {
  name: 'head-checkout',
  severity: 'error',
  fix: 'check out the default branch, and read what is proposed as git objects (git fetch, then git cat-file)',
  why: 'the workflow runs with the rights of the default branch, and a build, a hook or a test of that code would have them',
  *find(setup) {
    for (const job of allJobs(setup)) {
      if (!hasTrigger(job, outsideTriggers)) continue;
      for (const step of stepsOf(job, setup)) {
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
        yield* judgeScript(job, step);
      }
    }
  },
};
