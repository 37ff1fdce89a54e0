import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadInstalled } from '../../../../engine/io/scan/load-installed.ts';
import { languages } from '../../../../engine/scan/languages/registry.ts';
import { typescript } from '../../../../engine/scan/languages/typescript.ts';
import { openGrammars } from '../../../../engine/scan/syntax/grammars.ts';
import type { Node } from '../../../../engine/scan/syntax/language.ts';
import { rememberNodes } from '../../../../engine/scan/syntax/remember-nodes.ts';

/** How often each question about any node of a tree is asked of the parser. */
function counted(node: Node, asked: Map<string, number>): Node {
  return new Proxy(node, {
    get(target, key: keyof Node) {
      const answer = (target[key] as (...given: unknown[]) => unknown).bind(target);
      return (...given: unknown[]) => {
        asked.set(key, (asked.get(key) ?? 0) + 1);
        const said = answer(...given);
        if (Array.isArray(said)) return said.map((one) => counted(one as Node, asked));
        return said !== null && typeof said === 'object' && 'kind' in said ? counted(said as Node, asked) : said;
      };
    },
  });
}

const parse = openGrammars(languages, { isFile: existsSync, load: loadInstalled })(typescript);

it('the parser is asked once what a list holds, however many of its parts ask', () => {
  const asked = new Map<string, number>();
  const root = rememberNodes(counted(parse(`const x = [${'"a", '.repeat(50)}]`), asked));
  const strings = root.findAll({ rule: { kind: 'string' } });
  expect(strings).toHaveLength(50);
  const lists = new Set(strings.map((one) => one.parent()));
  expect([...lists].map((list) => list?.kind())).toEqual(['array']);
  for (const one of strings) expect(one.parent()?.children()).toContain(one);
  expect(asked.get('children')).toBe(1);
});
