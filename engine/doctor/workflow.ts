/** Workflows and composite actions as the rules look at them. */
import type { Place } from '../diagnostic.ts';
import type { ForeignDocument } from '../document/read-foreign-yaml.ts';
import type { Pointer } from '../document.ts';

export type Fields = Readonly<Record<string, unknown>>;

export interface Step {
  /** Of the file it stands in: the workflow's, or that of a composite action. */
  document: ForeignDocument;
  pointer: Pointer;
  data: Fields;
  /** `actions/checkout@<sha>`; empty for a step that runs a script. */
  uses: string;
  /** Its script; empty for a step that uses an action. */
  run: string;
  /** What it gives to an action. */
  with: Fields;
}

export interface Job {
  workflow: Workflow;
  id: string;
  pointer: Pointer;
  data: Fields;
  steps: readonly Step[];
}

export interface Workflow {
  document: ForeignDocument;
  data: Fields;
  /** The events that start it, those of the local workflows that call it included. */
  triggers: ReadonlySet<string>;
  jobs: readonly Job[];
}

export interface CompositeAction {
  document: ForeignDocument;
  /** Its folder from the top of the git repository, as `uses: ./…` names it. */
  folder: string;
  steps: readonly Step[];
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

/** A scalar as GitHub reads it, text. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** Where a part of a step or job stands; the part may be missing. */
export const placeOf = (
  { document, pointer }: Pick<Step, 'document' | 'pointer'>,
  part: Pointer = [],
  what: 'key' | 'value' = 'key',
): Place => document.locate([...pointer, ...part], what);

export const placeOfJob = ({ workflow, pointer }: Job, part: Pointer = []): Place =>
  workflow.document.locate([...pointer, ...part], 'key');

/** Every text in a value with the way to it. */
export function* textsIn(value: unknown, pointer: Pointer = []): Generator<[text: string, pointer: Pointer]> {
  if (typeof value === 'string') yield [value, pointer];
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* textsIn(item, [...pointer, index]);
  else if (isFields(value)) for (const [key, item] of Object.entries(value)) yield* textsIn(item, [...pointer, key]);
}
