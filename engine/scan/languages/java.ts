import type { Language, Node, Shape } from '../syntax/language.ts';
import { binary, binding, index, list, member, named, nearest, scope, silent, through } from '../syntax/shapes.ts';
import { BOTH_GIVEN, DERIVED, ELSEWHERE, reference, SETTINGS, TELLS, TESTS } from './jvm.ts';

const lastName = (node: Node | null): string => (node?.text() ?? '').replace(/<[\s\S]*$/, '').replace(/^.*\./, '');

/** `String.of` is no name for a map, but `Map.of` is: the class says what its factory makes. */
function invocation(node: Node): Shape | undefined {
  const name = node.field('name')?.text() ?? '';
  const receiver = node.field('object');
  const given = node.field('arguments');
  const args = given ? named(given) : [];
  const owner = lastName(receiver);
  const [first, second] = args;
  // `new HashMap<>() {{ put("a", 1); }}`
  if (!receiver && name === 'put' && first && nearest(node, 'class_body')?.parent()?.kind() === OBJECT)
    return { is: 'pair', key: first, value: second };
  if (owner.endsWith('Map') && name === 'of') return { is: 'call', name: 'mapOf', arguments: args };
  // `ImmutableMap.builder().put("a", 1)`
  if (name === 'put' && first && /Map\b[\s\S]*\bbuilder\w*\(/.test(receiver?.text() ?? ''))
    return { is: 'pair', key: first, value: second };
  // What a derived query picks by is in its name: `findByAccountSlug("acme")`.
  const method = node.field('name');
  if (method && DERIVED.test(name)) return { is: 'call', name: 'findBy', receiver: method, arguments: args };
  // `cb.equal(root.get("slug"), "acme")`, `wrapper.eq(Account::getSlug, "acme")`: both sides are arguments.
  if (BOTH_GIVEN.test(name) && args.length > 1) return { is: 'call', name, arguments: args };
  return { is: 'call', name, ...(receiver && { receiver }), arguments: args };
}

const OBJECT = 'object_creation_expression';
function creation(node: Node): Shape {
  const name = lastName(node.field('type'));
  if (/(Exception|Error)$/.test(name)) return { is: 'silent' };
  const given = node.field('arguments');
  const body = node.children().filter((child) => child.kind() === 'class_body');
  return { is: 'call', name, arguments: [...(given ? named(given) : []), ...body] };
}

function annotation(node: Node): Shape {
  const name = lastName(node.field('name'));
  const given = node.field('arguments');
  const args = given ? named(given) : [];
  if (TELLS.test(name)) return { is: 'silent' };
  if (SETTINGS.test(name)) return { is: 'call', name: 'getProperty', arguments: args };
  return { is: 'call', name, arguments: args, decorator: true };
}

/** `name = "x"` of an annotation; of one that reads a setting, its name or what it must be. */
function annotationPair(node: Node): Shape | undefined {
  const [key, value] = [node.field('key'), node.field('value')];
  const list = node.parent();
  if (!key || !value || !list) return undefined;
  if (!SETTINGS.test(lastName(list.parent()?.field('name') ?? null))) return { is: 'pair', key, value };
  if (key.text() !== 'havingValue') return { is: 'through' };
  const setting = named(list).find((pair) => /^(name|value)$/.test(pair.field('key')?.text() ?? ''));
  return { is: 'comparison', operator: '==', left: setting?.field('value') ?? key, right: value };
}

const declared = (node: Node): Shape | undefined => {
  const name = node.field('name');
  const type = node.parent()?.field('type');
  return name ? { is: 'binding', name, value: node.field('value') ?? undefined, ...(type && { type }) } : undefined;
};

const read = member('object', 'field');

/** `this.zephyra` reads no list of accounts, and `com.zephyra` is a package. */
function access(node: Node): Shape | undefined {
  const object = node.field('object')?.text() ?? '';
  if (ELSEWHERE.test(object)) return { is: 'silent' };
  return /^(this|super)$/.test(object) ? { is: 'through' } : read(node);
}

const testable = (node: Node): Shape => {
  const modifiers = node.children().find((child) => child.kind() === 'modifiers');
  const isTest = modifiers !== undefined && TESTS.test(modifiers.text());
  return { is: 'scope', name: node.field('name')?.text() ?? '', ...(isTest && { test: true }) };
};

export const java: Language = {
  name: 'java',
  title: 'Java',
  extensions: ['.java'],
  grammar: 'java',
  package: '@ast-grep/lang-java',
  strings: ['string_literal'],
  numbers: ['decimal_integer_literal'],
  patterns: [],
  names: ['identifier'],
  comments: ['line_comment', 'block_comment'],
  // A dot that a pattern in it escapes is a dot.
  textOf: (node) =>
    node
      .text()
      .replace(/^("""|")|("""|")$/g, '')
      .replaceAll('\\\\.', '.'),
  shapes: {
    parenthesized_expression: through,
    cast_expression: through,
    unary_expression: (node) => (node.text().startsWith('!') ? { is: 'through' } : undefined),
    ternary_expression: through,
    argument_list: through,
    annotation_argument_list: through,
    expression_statement: (node) => (node.parent()?.parent()?.kind() === 'class_body' ? { is: 'through' } : undefined),
    block: (node) =>
      node.parent()?.kind() === 'class_body' && node.parent()?.parent()?.kind() === OBJECT ? { is: 'map' } : undefined,
    binary_expression: binary(),
    array_initializer: list,
    array_creation_expression: through,
    element_value_array_initializer: list,
    element_value_pair: annotationPair,
    annotation,
    method_invocation: invocation,
    object_creation_expression: creation,
    explicit_constructor_invocation: () => undefined,
    method_reference: (node) => {
      const [literal, method] = named(node);
      return reference(literal, method?.text() ?? '', nearest(node, 'method_invocation'));
    },
    field_access: access,
    array_access: index('array', 'index'),
    switch_label: (node) => ({
      is: 'case',
      subject: nearest(node, 'switch_expression')?.field('condition') ?? undefined,
    }),
    variable_declarator: declared,
    assignment_expression: (node) => (node.field('operator')?.text() === '=' ? assigned(node) : undefined),
    enhanced_for_statement: binding('name', 'value', 'type'),
    enum_constant: (node) => {
      const name = node.field('name');
      return name
        ? {
            is: 'enumMember',
            name,
            enumName: nearest(node, 'enum_declaration')?.field('name')?.text() ?? '',
          }
        : undefined;
    },
    import_declaration: silent,
    package_declaration: silent,
    throw_statement: silent,
    assert_statement: silent,
    method_declaration: testable,
    constructor_declaration: scope(),
    class_declaration: testable,
    interface_declaration: scope(),
    enum_declaration: scope(),
    record_declaration: scope(),
    annotation_type_declaration: scope(),
    // The body of `new HashMap<>() {{ … }}` belongs to what is made.
    class_body: (node) => (node.parent()?.kind() === OBJECT ? { is: 'through' } : undefined),
  },
};

const assigned = binding('left', 'right');
