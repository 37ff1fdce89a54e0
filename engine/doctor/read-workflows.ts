import type { Diagnostic } from '../diagnostic.ts';
import { type ForeignDocument, readForeignYaml } from '../document/read-foreign-yaml.ts';
import type { Pointer } from '../document.ts';
import type { SourceFile } from '../source-file.ts';
import { type CompositeAction, type Fields, fieldsOf, type Job, type Step, textOf, type Workflow } from './workflow.ts';

export interface ReadWorkflows {
  workflows: readonly Workflow[];
  actions: readonly CompositeAction[];
  /** Files that cannot be read, and so were not judged. */
  diagnostics: readonly Diagnostic[];
}

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;
const ACTION = /(?:^|\/)action\.ya?ml$/;

/** Takes files by their path from the top of the git repository, which is where GitHub looks. */
export function readWorkflows(files: ReadonlyMap<string, SourceFile>): ReadWorkflows {
  const workflows: Draft[] = [];
  const actions: CompositeAction[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [path, file] of files) {
    const isWorkflow = WORKFLOW.test(path);
    if (!isWorkflow && !ACTION.test(path)) continue;
    const read = readForeignYaml(file);
    diagnostics.push(...read.diagnostics.map((one) => ({ ...one, severity: 'error' as const })));
    if (!read.document) continue;
    if (isWorkflow) workflows.push(workflowOf(read.document));
    else actions.push(actionOf(read.document, path.replace(/\/?action\.ya?ml$/, '')));
  }
  return {
    workflows: withCallers(workflows, new Map([...files].map(([path, file]) => [file.path, path]))),
    actions,
    diagnostics,
  };
}

/** Before the events of callers are known. */
type Draft = Workflow & { triggers: Set<string> };

function workflowOf(document: ForeignDocument): Draft {
  const data = fieldsOf(document.data);
  const jobs: Job[] = [];
  const workflow: Draft = { document, data, triggers: triggersOf(data), jobs };
  for (const [id, value] of Object.entries(fieldsOf(data.jobs))) {
    const job = fieldsOf(value);
    const pointer = ['jobs', id];
    jobs.push({ workflow, id, pointer, data: job, steps: stepsIn(document, job.steps, [...pointer, 'steps']) });
  }
  return workflow;
}

const actionOf = (document: ForeignDocument, folder: string): CompositeAction => ({
  document,
  folder,
  steps: stepsIn(document, fieldsOf(fieldsOf(document.data).runs).steps, ['runs', 'steps']),
});

const stepsIn = (document: ForeignDocument, steps: unknown, pointer: Pointer): Step[] =>
  (Array.isArray(steps) ? steps : []).map((step: unknown, index) => {
    const data = fieldsOf(step);
    return {
      document,
      pointer: [...pointer, index],
      data,
      uses: textOf(data.uses).trim(),
      run: textOf(data.run),
      with: fieldsOf(data.with),
    };
  });

/** `on` is a word, a list or a mapping; a reader of YAML 1.1 makes `true` of the key. */
function triggersOf({ on, true: old }: Fields): Set<string> {
  const said = on ?? old;
  if (typeof said === 'string') return new Set([said]);
  return new Set(Array.isArray(said) ? said.map(textOf) : Object.keys(fieldsOf(said)));
}

/** A workflow that others call runs with their events. */
function withCallers(workflows: readonly Draft[], topPaths: ReadonlyMap<string, string>): readonly Workflow[] {
  // A chain of calls is at most ten long on GitHub; each round passes the events one call further.
  for (let round = 0; round < 10; round++)
    for (const caller of workflows)
      for (const job of caller.jobs) {
        const called = textOf(job.data.uses).replace(/^\.\//, '');
        const target = workflows.find(({ document }) => topPaths.get(document.path) === called);
        if (target) for (const trigger of caller.triggers) target.triggers.add(trigger);
      }
  return workflows;
}
