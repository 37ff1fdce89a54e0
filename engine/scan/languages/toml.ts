import { isForeignSettings } from '../files/is-foreign-settings.ts';
import type { Language, Node, Shape } from '../syntax/language.ts';
import { list, map } from '../syntax/shapes.ts';

/** `a.b = 1`, `[a.b]` and `[[a.b]]`: the first named part is the key. */
function keyed(node: Node): Shape | undefined {
  const [key, value] = node.children().filter((part) => part.isNamed());
  return key && key.kind().endsWith('key')
    ? { is: 'pair', key, value: node.kind() === 'pair' ? value : node }
    : undefined;
}

export const toml: Language = {
  name: 'toml',
  title: 'TOML',
  extensions: ['.toml'],
  grammar: 'toml',
  package: '@ast-grep/lang-toml',
  settings: true,
  strings: ['string', 'bare_key', 'quoted_key'],
  numbers: ['integer'],
  patterns: [],
  names: [],
  comments: ['comment'],
  textOf: (node) => node.text().replace(/^("{3}|'{3}|["'])([\s\S]*)\1$/, '$2'),
  shapes: { pair: keyed, table: keyed, table_array_element: keyed, inline_table: map, array: list },
  isForeign: isForeignSettings,
};
