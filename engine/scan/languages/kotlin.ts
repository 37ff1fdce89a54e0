import type { Language, Node, Shape } from '../syntax/language.ts';
import { between, join, list, named, nearest, readOperator, scope, silent, through } from '../syntax/shapes.ts';
import { BOTH_GIVEN, DERIVED, ELSEWHERE, reference, SETTINGS, TELLS, TESTS } from './jvm.ts';

/** The grammar gives its nodes no fields: parts are told apart by their kinds and places. */
const first = (node: Node | null | undefined, kind: string): Node | undefined =>
  node?.children().find((child) => child.kind() === kind);

const ends = (node: Node): [Node, Node] | undefined => {
  const parts = named(node);
  const [left, right] = [parts[0], parts.at(-1)];
  return left && right && parts.length > 1 ? [left, right] : undefined;
};

/** An operator between the first part and the last. */
function sides(node: Node): Shape | undefined {
  const pair = ends(node);
  return pair && readOperator(between(node, ...pair), ...pair);
}

const INFIX: Readonly<Record<string, string>> = {
  eq: '==',
  ieq: '==',
  neq: '!=',
  like: 'like',
  regexp: '=~',
  matches: '=~',
  startsWith: 'like',
  endsWith: 'like',
  inList: 'in',
  notInList: 'not in',
  contains: 'contains',
  and: 'and',
  or: 'or',
};

/** `"acme" to 1`, and what libraries write between two sides. */
function infix(node: Node): Shape | undefined {
  const [left, name, right] = named(node);
  if (!left || !name || !right) return undefined;
  if (name.text() === 'to') return { is: 'pair', key: left, value: right };
  const operator = INFIX[name.text().replace(/^Eq$/, 'eq')];
  return operator === undefined ? undefined : readOperator(operator, left, right);
}

const partsOf = (node: Node | undefined): readonly Node[] => (node ? named(node) : []);
/** The name a thing is read by: `b` of `a.b`. */
const suffixName = (node: Node): string => partsOf(first(node, 'navigation_suffix'))[0]?.text() ?? '';

/** The arguments of a call; how letters are told apart is no part of what is compared. */
const given = (suffix: Node | undefined): Node[] => {
  const written = first(suffix, 'value_arguments') ?? (suffix?.kind() === 'value_arguments' ? suffix : undefined);
  const lambda = first(suffix, 'annotated_lambda');
  return [
    ...(written ? named(written).filter((one) => !/^(ignoreCase\s*=\s*)?(true|false)$/.test(one.text())) : []),
    ...(lambda ? [lambda] : []),
  ];
};

/** Calls whose block makes, or fills, what they give. */
const MAKES = /^(lazy|apply|also|buildMap|buildSet|buildList|run)$/;

function call(node: Node, child?: Node): Shape | undefined {
  const [callee, suffix] = named(node);
  if (!callee) return undefined;
  // `require(a) { b }`: the call and its block.
  if (callee.kind() === 'call_expression') return { is: 'through' };
  const isRead = callee.kind() === 'navigation_expression';
  const receiver = isRead ? named(callee)[0] : undefined;
  const name = isRead ? suffixName(callee) : callee.text();
  const args = given(suffix);
  if (/^[A-Z]\w*(Exception|Error)$/.test(name)) return { is: 'silent' };
  if (MAKES.test(name) && child && suffix && child.id() === suffix.id() && first(suffix, 'annotated_lambda'))
    return { is: 'through' };
  const [key, value] = args;
  if (!receiver && isMaking(node)) {
    if (/^(put|set)$/.test(name) && key && value) return { is: 'pair', key, value };
    if (/^(add|addAll)$/.test(name)) return { is: 'list' };
  }
  if (receiver?.text().endsWith('Map') && name === 'of') return { is: 'call', name: 'mapOf', arguments: args };
  if (isRead && DERIVED.test(name)) {
    const method = first(callee, 'navigation_suffix');
    if (method) return { is: 'call', name: 'findBy', receiver: method, arguments: args };
  }
  if (BOTH_GIVEN.test(name) && args.length > 1) return { is: 'call', name, arguments: args };
  return { is: 'call', name, ...(receiver && { receiver }), arguments: args };
}

/** Whether it is a statement of a block that makes something. */
function isMaking(node: Node): boolean {
  const lambda = node.parent()?.parent();
  return lambda?.kind() === 'lambda_literal' && makes(lambda);
}

function makes(lambda: Node): boolean {
  const callee = partsOf(nearest(lambda, 'call_expression'))[0];
  return MAKES.test(callee?.kind() === 'navigation_expression' ? suffixName(callee) : (callee?.text() ?? ''));
}

/** The call of an annotation or of a class. */
function constructed(node: Node): Shape {
  const name = (named(node)[0]?.text() ?? '').replace(/<[\s\S]*$/, '').replace(/^.*\./, '');
  const args = given(first(node, 'value_arguments'));
  if (node.parent()?.kind() !== 'annotation') return { is: 'call', name, arguments: args };
  if (TELLS.test(name)) return { is: 'silent' };
  if (SETTINGS.test(name)) return { is: 'call', name: 'getProperty', arguments: args };
  return { is: 'call', name, arguments: args, decorator: true };
}

/** `tenant = "acme"`; of an annotation that reads a setting, its name or what it must be. */
function argument(node: Node): Shape {
  const pair = ends(node);
  if (!pair || between(node, ...pair).trim() !== '=') return { is: 'through' };
  const [key, value] = pair;
  const owner = node.parent()?.parent();
  if (owner?.kind() !== 'constructor_invocation' || !SETTINGS.test(named(owner)[0]?.text() ?? ''))
    return { is: 'pair', key, value };
  if (key.text() !== 'havingValue') return { is: 'through' };
  const setting = given(first(owner, 'value_arguments')).find((one) => /^(name|value)\s*=/.test(one.text()));
  return { is: 'comparison', operator: '==', left: (setting && named(setting).at(-1)) ?? key, right: value };
}

const subjectOf = (node: Node): Node | undefined =>
  partsOf(first(nearest(node, 'when_expression'), 'when_subject')).at(-1);

/** `a.b`, `A.B`, `"acme"::equals`. */
function read(node: Node): Shape | undefined {
  const object = named(node)[0];
  const suffix = first(node, 'navigation_suffix');
  const name = suffix && named(suffix)[0];
  if (!object || !suffix || !name) return undefined;
  if (suffix.text().startsWith('::')) return reference(object, name.text(), nearest(node, 'call_expression'));
  if (ELSEWHERE.test(object.text())) return { is: 'silent' };
  return /^(this|super)$/.test(object.text()) ? { is: 'through' } : { is: 'member', object, name };
}

const AFTER = /^(multiline_comment|line_comment|setter|type_constraints|modifiers)$/;

/** A property, or a parameter of a class: what comes after its name and type. */
function bound(node: Node): Shape | undefined {
  const declared = first(node, 'variable_declaration') ?? node;
  const name = first(declared, 'simple_identifier');
  if (!name) return undefined;
  const extended = declared === node ? undefined : first(node, 'user_type');
  if (extended) return { is: 'scope', name: `${extended.text()}.${name.text()}` };
  const type = first(declared, 'user_type') ?? first(declared, 'nullable_type');
  const last = named(node)
    .filter((part) => !AFTER.test(part.kind()))
    .at(-1);
  const isValue = last && last.range().start.index >= (type ?? name).range().end.index;
  return { is: 'binding', name, value: isValue ? last : undefined, ...(type && { type }) };
}

/** `f(tenant: String = "acme")`: a default stands beside its parameter. */
function defaulted(_: Node, child?: Node): Shape | undefined {
  const parameter = child?.prev()?.text() === '=' ? child.prev()?.prev() : undefined;
  const name = first(parameter, 'simple_identifier');
  return child && name && { is: 'binding', name, value: child };
}

function assigned(node: Node): Shape | undefined {
  const [target, value] = named(node);
  if (!target || !value) return undefined;
  const name = named(first(target, 'navigation_suffix') ?? target).at(-1);
  return { is: 'binding', name: first(target, 'indexing_suffix') ? target : (name ?? target), value };
}

/** `object Acme : Tenant()` in a sealed class is one of its members. */
function object(node: Node, child?: Node): Shape {
  const name = first(node, 'type_identifier');
  const family = nearest(node, 'class_declaration');
  return name && child?.id() === name.id() && /\bsealed\b/.test(first(family, 'modifiers')?.text() ?? '')
    ? { is: 'enumMember', name, enumName: first(family, 'type_identifier')?.text() ?? '' }
    : { is: 'scope', name: name?.text() ?? '' };
}

const scoped = (node: Node): Shape => {
  const name = first(node, 'simple_identifier') ?? first(node, 'type_identifier');
  // `fun Account.isVip()`: what it extends speaks of what it is about.
  const extended =
    node.kind() === 'function_declaration' && node.children().find((part) => part.kind().endsWith('type'));
  const isOf = extended && name && extended.range().start.index < name.range().start.index;
  const isTest = TESTS.test(first(node, 'modifiers')?.text() ?? '');
  return {
    is: 'scope',
    name: `${isOf ? `${extended.text()}.` : ''}${name?.text() ?? ''}`,
    ...(isTest && { test: true }),
  };
};

export const kotlin: Language = {
  name: 'kotlin',
  title: 'Kotlin',
  extensions: ['.kt', '.kts'],
  grammar: 'kotlin',
  package: '@ast-grep/lang-kotlin',
  strings: ['string_literal'],
  numbers: ['integer_literal'],
  patterns: [],
  names: ['simple_identifier', 'type_identifier'],
  comments: ['line_comment', 'multiline_comment'],
  textOf: (node) =>
    node
      .text()
      .replace(/^("""|")|("""|")$/g, '')
      .replace(/(?<!\\)\$(\{[^}]*\}|\w+)/g, ' '),
  // Where a statement may end, the grammar takes the `e` of `eq` for that of `else`.
  legible: (text) => text.replace(/(?<=[\w)\]] )eq(?= ["\w(])/g, 'Eq'),
  shapes: {
    parenthesized_expression: through,
    as_expression: through,
    postfix_expression: through,
    prefix_expression: through,
    spread_expression: through,
    long_literal: through,
    unsigned_literal: through,
    value_arguments: through,
    value_argument: argument,
    call_suffix: through,
    navigation_suffix: through,
    indexing_suffix: through,
    // The block of a call that makes something stands for it.
    annotated_lambda: through,
    lambda_literal: (node) => (makes(node) ? through(node) : undefined),
    statements: (node) => (isMaking(named(node)[0] ?? node) ? through(node) : undefined),
    property_delegate: through,
    getter: through,
    function_body: (node) => (node.parent()?.kind() === 'getter' ? { is: 'through' } : undefined),
    if_expression: through,
    control_structure_body: (node) => (node.parent()?.kind() === 'if_expression' ? { is: 'through' } : undefined),
    string_literal: join,
    interpolated_expression: join,
    equality_expression: sides,
    comparison_expression: sides,
    check_expression: sides,
    additive_expression: sides,
    conjunction_expression: sides,
    disjunction_expression: sides,
    elvis_expression: sides,
    infix_expression: infix,
    collection_literal: list,
    navigation_expression: read,
    indexing_expression: (node) => {
      const pair = ends(node);
      return pair && { is: 'index', object: pair[0], key: pair[1] };
    },
    directly_assignable_expression: (node) => {
      const key = first(node, 'indexing_suffix');
      const whole = first(node, 'navigation_suffix') ?? named(node)[0];
      return key && whole ? { is: 'index', object: whole, key } : undefined;
    },
    call_expression: call,
    constructor_invocation: constructed,
    annotation: through,
    when_condition: (node) => {
      const subject = subjectOf(node);
      return subject && { is: 'case', subject };
    },
    range_test: (node) => {
      const [left, right] = [subjectOf(node), named(node)[0]];
      return left && right && { is: 'comparison', operator: 'in', left, right };
    },
    property_declaration: bound,
    variable_declaration: through,
    class_parameter: bound,
    function_value_parameters: defaulted,
    assignment: assigned,
    for_statement: (node) => {
      const [declared, value] = named(node);
      const name = first(declared, 'simple_identifier');
      return name && { is: 'binding', name, value };
    },
    enum_entry: (node) => {
      const name = first(node, 'simple_identifier');
      const enumName = first(nearest(node, 'class_declaration'), 'type_identifier')?.text() ?? '';
      return name && { is: 'enumMember', name, enumName };
    },
    // `throw`; what is returned decides nothing there.
    jump_expression: (node) => (node.text().startsWith('throw') ? { is: 'silent' } : undefined),
    import_header: silent,
    package_header: silent,
    object_declaration: object,
    function_declaration: scoped,
    class_declaration: scoped,
    anonymous_function: scope(),
  },
};
