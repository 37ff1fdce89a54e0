import type { Finding } from './finding.ts';
import { type Held, mayMean } from './held.ts';
import { decide, decideUnknown } from './judge/decide.ts';
import { toFinding } from './judge/to-finding.ts';
import { languages } from './languages/registry.ts';
import { type ScanTools, type SourceText, surroundingsIn, within } from './scan-text.ts';
import { situateUse } from './syntax/climb.ts';
import { isInTest, scopesOf } from './syntax/enclosing.ts';
import { climberOf } from './syntax/nodes-in.ts';

/** Rules that a file makes with constants of other files. Each is reported where the constant stands, once, and says where it is used. */
export function scanUses(file: SourceText, held: readonly Held[], tools: ScanTools): Map<Held, Finding> {
  const found = new Map<Held, Finding>();
  const { path, text, language } = file;
  const meant = held.filter((one) => one.path !== path && mayMean(one, path, text));
  if (meant.length === 0) return found;
  const parts = language.parts?.(text);
  if (!parts) usesIn(file, meant, tools, found);
  for (const part of parts ?? []) {
    const spoken = languages.find(({ name }) => name === part.language);
    if (spoken) usesIn({ path, text: part.text, language: spoken }, meant, tools, found);
  }
  return found;
}

function usesIn(
  { path, text, language }: SourceText,
  held: readonly Held[],
  tools: ScanTools,
  found: Map<Held, Finding>,
): void {
  if (!language.grammar) return;
  const root = tools.grammarOf(language)(language.legible?.(text) ?? text);
  const climber = climberOf(root, language);
  const file = surroundingsIn(text, tools.dictionary, tools.policy);
  const names = [...new Set(held.map(({ bound }) => bound.name))];
  const regex = `^(${names.map((name) => name.replaceAll('$', '\\$')).join('|')})$`;
  for (const use of root.findAll({ rule: { any: language.names.map((kind) => ({ kind })), regex } })) {
    const name = use.text();
    for (const one of held) {
      if (one.bound.name !== name || found.has(one)) continue;
      const situations = situateUse(use, one.bound, climber);
      if (situations.length === 0 || isInTest(use, language)) continue;
      const around = within(file, { scopes: () => scopesOf(use, language) });
      const decision =
        one.mentions.length > 0
          ? decide(one.mentions, situations, around)
          : decideUnknown(one.said, situations, around);
      const finding = decision && toFinding(one, decision, tools.policy, tools.offers ?? []);
      if (!finding) continue;
      const { start, end } = use.range();
      const at = {
        path,
        start: { line: start.line + 1, column: start.column + 1 },
        end: { line: end.line + 1, column: end.column + 1 },
      };
      found.set(one, { ...finding, related: [{ message: `${name} decides here`, at }] });
    }
  }
}
