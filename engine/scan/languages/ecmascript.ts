/** What TypeScript and JavaScript share: one table of shapes for both grammars. */
import type { Language, Node } from '../syntax/language.ts';
import {
  binary,
  binding,
  call,
  caseOf,
  index,
  join,
  list,
  map,
  member,
  pair,
  scope,
  silent,
  through,
} from '../syntax/shapes.ts';

const members = { member_expression: ['object', 'property'] } as const;

export const ecmascript = {
  strings: ['string', 'template_string'],
  numbers: ['number'],
  patterns: ['regex'],
  names: ['identifier', 'property_identifier', 'shorthand_property_identifier', 'private_property_identifier'],
  comments: ['comment'],
  textOf: (node) =>
    node.kind() === 'template_string'
      ? node
          .text()
          .slice(1, -1)
          .replace(/\$\{[^}]{0,500}\}/g, ' ')
      : node.kind() === 'regex'
        ? node.text().replace(/^\/|\/[a-z]*$/g, '')
        : node.text().slice(1, -1),
  shapes: {
    parenthesized_expression: through,
    await_expression: through,
    as_expression: through,
    satisfies_expression: through,
    non_null_expression: through,
    type_assertion: through,
    unary_expression: through,
    spread_element: through,
    arguments: through,
    ternary_expression: (node) => (node.field('condition') ? { is: 'through' } : undefined),
    sequence_expression: through,
    template_substitution: join,
    jsx_expression: through,
    computed_property_name: through,
    binary_expression: binary(),
    array: list,
    object: map,
    pair: pair(),
    jsx_attribute: (node) => {
      const [key, , value] = node.children();
      return key ? { is: 'pair', key, value } : undefined;
    },
    member_expression: member('object', 'property'),
    subscript_expression: index('object', 'index'),
    call_expression: call('function', 'arguments', members),
    new_expression: call('constructor', 'arguments', members),
    switch_case: caseOf('switch_statement', 'value'),
    variable_declarator: binding('name', 'value', 'type'),
    assignment_expression: binding('left', 'right'),
    augmented_assignment_expression: binary(),
    assignment_pattern: binding('left', 'right'),
    public_field_definition: binding('name', 'value', 'type'),
    field_definition: binding('property', 'value'),
    required_parameter: binding('pattern', 'value', 'type'),
    optional_parameter: binding('pattern', 'value', 'type'),
    enum_assignment: (node) => {
      const name = node.field('name');
      const parent = node.parent()?.parent();
      return name ? { is: 'enumMember', name, enumName: parent?.field('name')?.text() ?? '' } : undefined;
    },
    enum_body: (node) => ({ is: 'enumMember', name: node, enumName: node.parent()?.field('name')?.text() ?? '' }),
    // Tests that stand below the code they test.
    if_statement: (node, child?: Node) =>
      node.field('condition')?.text() === '(import.meta.vitest)' && child?.id() === node.field('consequence')?.id()
        ? { is: 'scope', name: '', test: true }
        : undefined,
    decorator: through,
    literal_type: silent,
    import_statement: silent,
    import_specifier: silent,
    export_specifier: silent,
    jsx_text: silent,
    throw_statement: silent,
    function_declaration: scope(),
    generator_function_declaration: scope(),
    method_definition: scope(),
    class_declaration: scope(),
    interface_declaration: scope(),
    type_alias_declaration: scope(),
    enum_declaration: scope(),
    export_statement: (node) => (node.field('source') ? { is: 'silent' } : undefined),
  },
} as const satisfies Omit<Language, 'name' | 'title' | 'extensions' | 'grammar'>;
