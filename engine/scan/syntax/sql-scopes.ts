import type { SqlToken } from './sql-tokens.ts';

export interface SqlScope {
  from: number;
  to: number;
  name: string;
}

/** Functions, views, policies and tables that are made, with what belongs to them. */
export function scopesIn(tokens: readonly SqlToken[]): SqlScope[] {
  const scopes: SqlScope[] = [];
  const bodies: { mark: string; name: string; from: number }[] = [];
  let name = '';
  let from = 0;
  for (const [at, token] of tokens.entries()) {
    if (/^(function|procedure|view|policy|trigger|table|update)$/.test(token.lower) && name === '') {
      let next = at + 1;
      while (/^(if|not|exists|only)$/.test(tokens[next]?.lower ?? '')) next++;
      while (tokens[next + 1]?.text === '.') next += 2;
      name = tokens[next]?.text ?? '';
    }
    if (/^\$.*\$$/.test(token.text) && token.kind === 'sign') {
      const body = bodies.at(-1);
      if (body?.mark === token.text) {
        bodies.pop();
        if (body.name) scopes.push({ from: body.from, to: at, name: body.name });
      } else bodies.push({ mark: token.text, name, from: at });
      name = '';
      from = at + 1;
    } else if (token.text === ';' && token.open === -1) {
      if (name) scopes.push({ from, to: at, name });
      name = '';
      from = at + 1;
    }
  }
  if (name) scopes.push({ from, to: tokens.length, name });
  return scopes;
}

/** The nearest first. */
export const scopesOf = (scopes: readonly SqlScope[], at: number): string[] =>
  scopes
    .filter(({ from, to }) => from <= at && at <= to)
    .sort((one, other) => one.to - one.from - (other.to - other.from))
    .map(({ name }) => name);
