import type { Language, Node, Shape } from '../syntax/language.ts';
import { binary, index, join, list, member, named, nearest, scope, silent, through } from '../syntax/shapes.ts';

/** Attributes that document, or that belong to tests and to the assembly. */
const TELLS =
  /^(Swagger\w*|Description|DisplayName|Display|Obsolete|Category|Trait|Fact|Theory|InlineData|TestCase|DataRow|MemberData|SuppressMessage|InternalsVisibleTo|GeneratedCode|Tags|Summary|EndpointSummary|EndpointDescription|Assembly\w*|DebuggerDisplay|JsonPropertyName|JsonProperty|ApiExplorerSettings|OpenApi\w*)$/;
const TESTS = /^\s*\[\s*(Test|Fact|Theory|TestMethod|TestCase|TestFixture|TestClass|SetUp|DataTestMethod)\b/;
/** How texts are compared, given beside what is. */
const COMPARERS = /^(System\.)?(StringCompar(ison|er)|CultureInfo|RegexOptions|EqualityComparer)\b/;
/** `ImmutableHashSet.Create("a")` makes what its class is called. */
const FACTORY = /(List|Set|Array|Dictionary|KeyValuePair)(?:<[^>]*>)?\.Create/;
const OBJECTS = /^(implicit_)?object_creation_expression$/;

/** Of `Get<int>` and of `Acme.Billing.Get` what is called, without what waits for it. */
const plain = (node: Node | null | undefined): string =>
  (node?.text() ?? '')
    .replace(/<[\s\S]*$/, '')
    .replace(/^[\s\S]*\./, '')
    .replace(/Async$/, '');

const argumentsOf = (list: Node | null | undefined): Node[] =>
  list ? named(list).filter((one) => one.kind() !== 'comment' && !COMPARERS.test(one.text())) : [];

function invocation(node: Node): Shape | undefined {
  const called = node.field('function');
  if (!called) return undefined;
  const given = argumentsOf(node.field('arguments'));
  if (called.kind() === 'conditional_access_expression') {
    const binding = named(called).at(-1);
    const receiver = called.field('condition');
    return { is: 'call', name: plain(binding?.field('name')), ...(receiver && { receiver }), arguments: given };
  }
  const name = called.field('name');
  const made = /Create(Range)?$/.test(name?.text() ?? '') && FACTORY.exec(called.text())?.[1];
  if (made) return { is: 'call', name: made, arguments: given };
  const receiver = called.field('expression');
  const [key, value] = given;
  // `ImmutableDictionary<string, int>.Empty.Add("a", 1)`
  if (name?.text() === 'Add' && key && value && /Dictionary\b/.test(receiver?.text() ?? ''))
    return { is: 'pair', key, value };
  return { is: 'call', name: plain(name ?? called), ...(receiver && { receiver }), arguments: given };
}

function creation(node: Node): Shape {
  const type = plain(node.field('type'));
  if (type.endsWith('Exception')) return { is: 'silent' };
  const filled = node.field('initializer');
  return {
    is: 'call',
    name: type.endsWith('Dictionary') ? 'Dictionary' : type,
    arguments: [...argumentsOf(node.field('arguments')), ...(filled ? [filled] : [])],
  };
}

/** `{ "a", "b" }`, `{ { "a", 1 } }`, `{ ["a"] = 1 }`, `{ Name = "a" }`. */
function initializer(node: Node, child?: Node): Shape {
  const outer = node.parent();
  if (outer?.kind() === 'initializer_expression' && OBJECTS.test(outer.parent()?.kind() ?? '')) {
    const [key, value] = named(node);
    if (key && value) return { is: 'pair', key, value };
  }
  // One entry tells what all are: a list may be as long as its file.
  const entry = child ?? named(node)[0];
  return { is: /^(assignment|initializer)_expression$/.test(entry?.kind() ?? '') ? 'map' : 'list' };
}

/** `new { Tenant = "a" }`: names and values follow each other, without a node for each pair. */
function anonymous(_: Node, child?: Node): Shape {
  const key = child?.prev()?.prev();
  return child && key && child.prev()?.text() === '=' ? { is: 'pair', key, value: child } : { is: 'map' };
}

function assignment(node: Node): Shape | undefined {
  const [left, right] = [node.field('left'), node.field('right')];
  if (!left || !right) return undefined;
  const operator = node.field('operator')?.text();
  if (operator === '??=') return { is: 'logic', operator: '??', left, right };
  if (operator !== '=') return undefined;
  return /^(initializer_expression|attribute_argument)$/.test(node.parent()?.kind() ?? '')
    ? { is: 'pair', key: left, value: right }
    : { is: 'binding', name: left, value: right };
}

/** What a pattern is held against: the value of the switch, or what stands before `is`. */
function matchedBy(node: Node): Node | undefined {
  for (let at = node.parent(); at; at = at.parent())
    switch (at.kind()) {
      case 'is_pattern_expression':
        return at.field('expression') ?? undefined;
      case 'switch_statement':
        return at.field('value') ?? undefined;
      case 'switch_expression':
        return named(at)[0];
    }
  return undefined;
}

/** A constant decides as a branch in a switch, and as one side of `is` elsewhere. */
function pattern(node: Node): Shape {
  for (let at = node.parent(); at; at = at.parent()) {
    if (/^switch_(section|expression_arm)$/.test(at.kind())) return { is: 'case', subject: matchedBy(node) };
    if (!at.kind().endsWith('_pattern')) break;
  }
  return { is: 'through' };
}

/** `{ Slug: "acme" }` or the first of `("acme", _)`: what is matched by it is a property or a part of the whole. */
function subpattern(node: Node): Shape {
  const parts = named(node);
  const right = parts.at(-1);
  const whole = matchedBy(node);
  if (!right) return { is: 'through' };
  const [name] = parts.length > 1 ? parts : [];
  const left = name ? (/^(Id|Slug|Key|Code|Name)$/.test(name.text()) ? whole : name) : nth(node, whole);
  return left ? { is: 'comparison', operator: '==', left, right } : { is: 'through' };
}

/** The part of a tuple that stands where this one stands. */
const nth = (node: Node, tuple: Node | undefined): Node | undefined => {
  const beside = node.parent();
  const place = beside ? named(beside).findIndex((one) => one.id() === node.id()) : -1;
  return tuple?.kind() === 'tuple_expression' ? named(tuple)[place] : tuple;
};

function argument(node: Node): Shape {
  const name = node.field('name');
  const value = named(node).at(-1);
  if (name && value && name.id() !== value.id()) return { is: 'pair', key: name, value };
  if (value && node.parent()?.kind() === 'tuple_expression' && isPattern(node.parent())) {
    const left = nth(node, matchedBy(node));
    if (left) return { is: 'comparison', operator: '==', left, right: value };
  }
  return { is: 'through' };
}

const isPattern = (node: Node | null): boolean => node?.parent()?.kind() === 'constant_pattern';

function attribute(node: Node): Shape {
  const name = plain(node.field('name'));
  if (TELLS.test(name)) return { is: 'silent' };
  const given = named(node).find((child) => child.kind() === 'attribute_argument_list');
  if (name === 'ConfigurationKeyName') return { is: 'call', name: 'getProperty', arguments: argumentsOf(given) };
  return { is: 'call', name, arguments: argumentsOf(given), decorator: true };
}

const testable = (node: Node): Shape => {
  const isTest = node.children().some((child) => child.kind() === 'attribute_list' && TESTS.test(child.text()));
  return { is: 'scope', name: node.field('name')?.text() ?? '', ...(isTest && { test: true }) };
};

function bound(node: Node): Shape | undefined {
  const name = node.field('name');
  if (!name) return undefined;
  const type = node.field('type') ?? node.parent()?.field('type');
  const after = named(node).filter(
    (child) => child.range().start.index >= name.range().end.index && !/^(accessor_list|comment)$/.test(child.kind()),
  );
  const value = node.field('value') ?? after.at(-1);
  return { is: 'binding', name, value, ...(type && { type }) };
}

const sides = binary();
const PREPROCESSED = /^preproc_(el)?if$/;
const isCondition = (node: Node): boolean => {
  const parent = node.parent();
  return PREPROCESSED.test((parent?.kind() === 'binary_expression' ? parent.parent() : parent)?.kind() ?? '');
};

const compiled = (node: Node): Shape | undefined => {
  const condition = node.field('condition');
  return condition ? { is: 'call', name: 'isEnabled', arguments: [condition] } : undefined;
};

const read = member('expression', 'name');

export const csharp: Language = {
  name: 'csharp',
  title: 'C#',
  extensions: ['.cs', '.csx'],
  grammar: 'csharp',
  package: '@ast-grep/lang-csharp',
  strings: ['string_literal', 'verbatim_string_literal', 'raw_string_literal', 'interpolated_string_expression'],
  numbers: ['integer_literal'],
  patterns: [],
  names: ['identifier'],
  comments: ['comment'],
  // A dot that a pattern in it escapes is a dot.
  textOf: (node) => {
    const text = node
      .text()
      .replace(/^[$@]*("{3,}|")|("{3,}|")(u8)?$/g, '')
      .replace(/\\?\\\./g, '.');
    return node.kind() === 'interpolated_string_expression' ? text.replace(/\{[^}]*\}/g, ' ') : text;
  },
  shapes: {
    parenthesized_expression: through,
    cast_expression: through,
    as_expression: through,
    await_expression: through,
    postfix_unary_expression: through,
    prefix_unary_expression: through,
    conditional_expression: through,
    conditional_access_expression: through,
    checked_expression: through,
    range_expression: through,
    arrow_expression_clause: through,
    argument_list: through,
    bracketed_argument_list: through,
    attribute_argument_list: through,
    attribute_argument: through,
    argument,
    binary_expression: (node) => (isCondition(node) ? { is: 'through' } : sides(node)),
    interpolation: join,
    array_creation_expression: through,
    implicit_array_creation_expression: through,
    stackalloc_expression: through,
    initializer_expression: initializer,
    // `["a"]` is a list, and the key of `["a"] = 1`.
    element_binding_expression: (node) =>
      node.parent()?.kind() === 'assignment_expression' ? { is: 'through' } : { is: 'list' },
    tuple_expression: (node) => (isPattern(node) ? { is: 'through' } : list(node)),
    anonymous_object_creation_expression: anonymous,
    with_initializer: (node) => {
      const [key, value] = named(node);
      return key && { is: 'pair', key, value };
    },
    invocation_expression: invocation,
    object_creation_expression: creation,
    implicit_object_creation_expression: through,
    member_access_expression: (node) =>
      /^(this|base)$/.test(node.field('expression')?.text() ?? '') ? { is: 'through' } : read(node),
    element_access_expression: index('expression', 'subscript'),
    assignment_expression: assignment,
    variable_declarator: bound,
    property_declaration: bound,
    parameter: bound,
    foreach_statement: (node) => {
      const [name, value] = [node.field('left'), node.field('right')];
      return name ? { is: 'binding', name, value: value ?? undefined } : undefined;
    },
    enum_member_declaration: (node) => {
      const name = node.field('name');
      const enumName = nearest(node, 'enum_declaration')?.field('name')?.text() ?? '';
      return name ? { is: 'enumMember', name, enumName } : undefined;
    },
    is_pattern_expression: (node) => {
      const [left, right] = [node.field('expression'), node.field('pattern')];
      return left && right ? { is: 'comparison', operator: '==', left, right } : undefined;
    },
    constant_pattern: pattern,
    or_pattern: through,
    and_pattern: through,
    negated_pattern: through,
    parenthesized_pattern: through,
    list_pattern: through,
    recursive_pattern: through,
    property_pattern_clause: through,
    positional_pattern_clause: through,
    subpattern,
    // `#if ACME`: a build for one customer.
    preproc_if: compiled,
    preproc_elif: compiled,
    attribute,
    using_directive: silent,
    throw_statement: silent,
    throw_expression: silent,
    method_declaration: testable,
    local_function_statement: scope(),
    constructor_declaration: scope(),
    class_declaration: testable,
    struct_declaration: scope(),
    record_declaration: scope(),
    interface_declaration: scope(),
    enum_declaration: scope(),
    namespace_declaration: scope(),
  },
};
