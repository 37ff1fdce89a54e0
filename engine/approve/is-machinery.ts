import { fileKind } from '../validate/file-kind.ts';

/**
 * Whether a file is part of what judges, builds or publishes terms, and not itself terms of customers, a plan, or words
 * for people. What is not known is machinery.
 */
export function isMachinery(path: string): boolean {
  const kind = fileKind(path);
  if (kind && 'kind' in kind && (kind.kind === 'customer' || kind.kind === 'plan')) return false;
  if (/^(docs|test)\//.test(path) || /^(LICENSE|CHANGELOG)(\.[a-z]+)?$/.test(path)) return false;
  return path.startsWith('policies/') || !path.endsWith('.md');
}
