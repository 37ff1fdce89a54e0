import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What `policies/publish.yaml` of the folder says of environments, by name; undefined where it names none. Read loosely,
 * because a read must not fail on a policy that `validate` judges.
 */
export async function readEnvironments(root: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const path = 'policies/publish.yaml';
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(join(root, path));
  } catch {
    return undefined;
  }
  const { readDocument } = await import('../engine/document.ts');
  const data: unknown = readDocument({ path, bytes, oid: '' }).document?.data;
  if (!isMap(data) || !isMap(data.environments)) return undefined;
  return Object.keys(data.environments).length > 0 ? data.environments : undefined;
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
