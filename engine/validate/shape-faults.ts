import type { z } from 'zod';
import type { Pointer } from '../document.ts';
import { valueAt } from './shape-at.ts';

/** One thing that is wrong with the shape of a file, before it has words. */
export type ShapeFault = { pointer: Pointer } & (
  | { code: 'missing'; keys: string[] }
  | { code: 'unknown'; key: string }
  | { code: 'mismatch'; expected: string[]; needed?: string }
  | { code: 'word'; words: string[] }
  | { code: 'text'; format: string; message: string }
  | { code: 'name'; key: string; message: string }
  | { code: 'size'; issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig }
  | { code: 'other'; message: string }
);

type Issue = z.core.$ZodIssue;

/** zod's issues as one flat list: unions reduced to the branch that was probably meant, missing keys gathered by record. */
export function shapeFaults(issues: readonly Issue[], data: unknown): ShapeFault[] {
  const faults: ShapeFault[] = [];
  const missing = new Map<string, string[]>();
  for (const fault of issues.flatMap((issue) => faultsOf(issue, [], data))) {
    const key = fault.pointer.at(-1);
    const isAbsent = fault.code !== 'unknown' && typeof key === 'string' && valueAt(data, fault.pointer) === undefined;
    if (!isAbsent) {
      faults.push(fault);
      continue;
    }
    const parent = fault.pointer.slice(0, -1);
    const known = missing.get(JSON.stringify(parent));
    if (known) {
      if (!known.includes(key)) known.push(key);
    } else {
      const keys = [key];
      missing.set(JSON.stringify(parent), keys);
      faults.push({ code: 'missing', pointer: parent, keys });
    }
  }
  return faults;
}

function faultsOf(issue: Issue, base: Pointer, data: unknown): ShapeFault[] {
  const pointer = [...base, ...(issue.path as (string | number)[])];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ code: 'unknown', pointer, key }));
    case 'invalid_type':
      return [{ code: 'mismatch', pointer, expected: [issue.expected], needed: ownWords(issue.message) }];
    case 'invalid_value':
      return [{ code: 'word', pointer, words: issue.values.map(String) }];
    case 'invalid_format':
      return [{ code: 'text', pointer, format: issue.format, message: issue.message }];
    case 'invalid_key':
      return [{ code: 'name', pointer, key: String(pointer.at(-1)), message: issue.issues[0]?.message ?? 'a name' }];
    case 'too_small':
    case 'too_big':
      return [{ code: 'size', pointer, issue }];
    case 'invalid_union':
      return unionFaults(issue, pointer, data);
    default:
      return [{ code: 'other', pointer, message: issue.message }];
  }
}

function unionFaults(issue: z.core.$ZodIssueInvalidUnion, pointer: Pointer, data: unknown): ShapeFault[] {
  const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : undefined;
  // The path of such an issue ends with the key that chooses the branch.
  if (options) return [{ code: 'word', pointer, words: options }];

  const branches = issue.errors.map((errors) => errors.flatMap((error) => faultsOf(error, pointer, data)));
  const isRoot = (fault: ShapeFault) => fault.pointer.length === pointer.length && fault.code !== 'unknown';
  const literal = branches.filter((faults) => faults.every((fault) => fault.code === 'word' && isRoot(fault)));
  const words = literal.flat().flatMap((fault) => (fault.code === 'word' ? fault.words : []));
  const rest = branches.filter((faults) => !literal.includes(faults));
  if (rest.length === 0) return [{ code: 'word', pointer, words: words.filter((word) => word !== 'unset') }];

  const isWrongKind = (faults: readonly ShapeFault[]) =>
    faults.some((fault) => fault.code === 'mismatch' && isRoot(fault));
  const [best] = rest.filter((faults) => !isWrongKind(faults)).sort((one, other) => one.length - other.length);
  if (best) return best;
  return rest.length === 1 ? rest.flat() : [{ code: 'mismatch', pointer, expected: rest.flat().flatMap(expectedOf) }];
}

const expectedOf = (fault: ShapeFault) => (fault.code === 'mismatch' ? fault.expected : []);

/** What our schemas call the form they need; zod's own sentences are for programmers. */
const ownWords = (message: string) => (message.startsWith('Invalid') ? undefined : message);
