import { isForeignSettings } from '../files/is-foreign-settings.ts';
import type { Language, Node, Shape } from '../syntax/language.ts';
import { list, map, pair } from '../syntax/shapes.ts';

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** Several documents, anchors and aliases, and templates of charts: what stands in `{{ }}` is blanked. */
export const yaml: Language = {
  name: 'yaml',
  title: 'YAML',
  extensions: ['.yaml', '.yml'],
  grammar: 'yaml',
  package: '@ast-grep/lang-yaml',
  settings: true,
  strings: ['string_scalar', 'double_quote_scalar', 'single_quote_scalar'],
  numbers: ['integer_scalar'],
  patterns: [],
  names: [],
  comments: ['comment'],
  textOf: (node: Node): string => node.text().replace(/^(["'])([\s\S]*)\1$/, '$2'),
  shapes: {
    block_mapping: map,
    flow_mapping: map,
    block_sequence: list,
    flow_sequence: list,
    block_mapping_pair: pair(),
    flow_pair: pair(),
  } satisfies Readonly<Record<string, (node: Node) => Shape | undefined>>,
  isForeign: isForeignSettings,
  legible: (text) =>
    /\{\{|\{%/.test(text)
      ? text.replace(/\{\{[^\n]{0,400}?\}\}|\{%[^\n]{0,400}?%\}|\{#[^\n]{0,400}?#\}/g, blank)
      : text,
};
