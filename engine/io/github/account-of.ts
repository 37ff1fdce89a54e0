import type { Account } from '../../approve/approval.ts';

/** Stands for everybody whose account is gone, so it is nobody. */
const GHOST = 10_137;

const types: readonly string[] = ['User', 'Bot', 'Organization', 'Mannequin'] satisfies Account['type'][];

interface Given {
  id?: number;
  login?: string;
  type?: string;
}

/** An account as GitHub gives it, or null where there is none any more. A kind nobody knows counts as no person. */
export function accountOf(given: Given | null | undefined): Account | null {
  const { id, login, type } = given ?? {};
  if (id === undefined || login === undefined || id === GHOST) return null;
  return { id, login, type: types.includes(type ?? '') ? (type as Account['type']) : 'Bot' };
}
