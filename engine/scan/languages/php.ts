import type { Language, Node, Shape } from '../syntax/language.ts';
import { binary, join, member, named, nearest, scope, silent, through } from '../syntax/shapes.ts';

/** Attributes that document, or that belong to tests. */
const TELLS =
  /^(Property|Schema|Info|Tag|Get|Post|Put|Delete|Patch|Response|Parameter|Description|Deprecated|DataProvider|TestDox|TestWith|Group|CoversClass|ApiProperty|SerializedName)$/;
const TESTS = /#\[\s*(\\?[\w\\]*\\)?(Test|DataProvider|TestWith)\b/;
/** `where('slug', 'acme')`, `orWhere('slug', '!=', 'acme')`, `whereIn('slug', ['acme'])`: a column and what is in it. */
const COLUMN = /^(or|and)?(where|whereNot|whereIn|whereNotIn|firstWhere|whereJsonContains|whereLike)$/i;
/** `whereSlug('acme')`, `findOneBySlug('acme')`: the column is in the name. */
const NAMED =
  /^((or)?where(?!In$|Not|Null|Has|Doesnt|Raw|Between|Date|Exists|Relation|Belongs|Like|Json)|find\w*By)[A-Z]\w*$/;
const BOTH_GIVEN = /^(eq|neq|equals|same|like|is|areEqual)$/;

/** Of `App\Acme\Thing` the last name. */
const last = (node: Node | null | undefined): string => (node?.text() ?? '').replace(/^[\s\S]*\\/, '');

/** What is given; whether to be strict is no part of what is compared. */
const given = (list: Node | null | undefined): Node[] =>
  list ? named(list).filter((one) => one.kind() === 'argument' && !/^(true|false|null)$/i.test(one.text())) : [];

/** The name in `$name`: a property is declared with the sign and read without it. */
const nameOf = (node: Node): Node => {
  const inner = node.kind() === 'variable_name' ? named(node)[0] : node.field('name');
  return inner ?? node;
};

function call(name: string, receiver: Node | undefined, args: readonly Node[], node: Node, child?: Node): Shape {
  const [first, second] = args;
  const ends = args.at(-1);
  const whole = { is: 'call', name, ...(receiver && { receiver }), arguments: args } as const;
  // The receiver of a chain is only what leads there.
  if (child && receiver && child.id() === receiver.id()) return whole;
  if (COLUMN.test(name) && first && ends && first.id() !== ends.id()) {
    const between = args.length > 2 ? (args[1]?.text().replace(/['"]/g, '') ?? '=') : '=';
    return { is: 'comparison', operator: /in$/i.test(name) ? 'in' : between, left: first, right: ends };
  }
  const method = node.field('name');
  if (receiver && method && NAMED.test(name)) return { is: 'call', name: 'findBy', receiver: method, arguments: args };
  if (receiver && BOTH_GIVEN.test(name) && args.length > 1) return { is: 'call', name, arguments: args };
  // `Arr::get($limits, 'acme')`
  if (receiver?.text() === 'Arr' && first && second) return { is: 'index', object: first, key: second };
  return whole;
}

function functionCall(node: Node): Shape | undefined {
  const called = node.field('function');
  if (!called) return undefined;
  const name = last(called);
  const args = given(node.field('arguments'));
  const [first, second] = args;
  if (/^(isset|empty)$/i.test(name)) return { is: 'through' };
  if (/^define$/i.test(name) && first) return { is: 'binding', name: named(first)[0] ?? first, value: second };
  if (/^(array_key_exists|key_exists)$/i.test(name) && first && second)
    return { is: 'index', object: second, key: first };
  if (/^(data_get|array_get)$/i.test(name) && first && second) return { is: 'index', object: first, key: second };
  if (/^(it|test|describe)$/.test(name) && args.length > 1) return { is: 'scope', name: '', test: true };
  return { is: 'call', name, arguments: args };
}

const methodCall = (node: Node, child?: Node): Shape =>
  call(
    node.field('name')?.text() ?? '',
    node.field('object') ?? node.field('scope') ?? undefined,
    given(node.field('arguments')),
    node,
    child,
  );

function creation(node: Node): Shape {
  const [type] = named(node);
  const name = last(type);
  if (/(Exception|Error)$/.test(name)) return { is: 'silent' };
  return {
    is: 'call',
    name,
    arguments: given(node.children().find((child) => child.kind() === 'arguments')),
  };
}

function attribute(node: Node): Shape {
  const name = last(named(node)[0]);
  return TELLS.test(name)
    ? { is: 'silent' }
    : { is: 'call', name, arguments: given(node.field('parameters')), decorator: true };
}

function argument(node: Node): Shape {
  const [name, value] = [node.field('name'), named(node).at(-1)];
  return name && value && name.id() !== value.id() ? { is: 'pair', key: name, value } : { is: 'through' };
}

const sides = (node: Node): [Node, Node] | undefined => {
  const [first, second] = named(node);
  return first && second && [first, second];
};

/** `Tenants::ACME` and `$tenants->acme` read a name from a thing; `self::ACME` and `$this->acme` only a name. */
const own = (object: Node | null | undefined): boolean => /^(self|static|parent|\$this)$/.test(object?.text() ?? '');

function constantOf(node: Node): Shape | undefined {
  const parts = sides(node);
  if (!parts) return undefined;
  return own(parts[0]) ? { is: 'through' } : { is: 'member', object: parts[0], name: parts[1] };
}

const read = member('object', 'name');
const property = (node: Node): Shape | undefined => (own(node.field('object')) ? { is: 'through' } : read(node));

/** A constant, a property, a parameter or a variable, by which of its fields hold what it is bound to. */
function bound(node: Node): Shape | undefined {
  const name = node.field('name') ?? node.field('left') ?? named(node)[0];
  if (!name) return undefined;
  const type = node.field('type') ?? node.parent()?.field('type');
  const plain = node.kind() === 'const_element' ? named(node)[1] : undefined;
  const value = node.field('default_value') ?? node.field('value') ?? node.field('right') ?? plain;
  return { is: 'binding', name: nameOf(name), value: value ?? undefined, ...(type && { type }) };
}

function each(node: Node): Shape | undefined {
  const parts = sides(node);
  const name = parts && (parts[1].kind() === 'pair' ? named(parts[1])[0] : parts[1]);
  return name && { is: 'binding', name: nameOf(name), value: parts[0] };
}

const testable = (node: Node): Shape => {
  const isTest = TESTS.test(node.field('attributes')?.text() ?? '');
  return { is: 'scope', name: node.field('name')?.text() ?? '', ...(isTest && { test: true }) };
};

export const php: Language = {
  name: 'php',
  title: 'PHP',
  extensions: ['.php', '.phtml', '.inc'],
  grammar: 'php',
  package: '@ast-grep/lang-php',
  strings: ['string', 'encapsed_string', 'heredoc', 'nowdoc'],
  numbers: ['integer'],
  patterns: [],
  names: ['name'],
  comments: ['comment'],
  textOf: (node) => {
    const text = node.text();
    const said = /^(here|now)doc$/.test(node.kind())
      ? text.replace(/^<<<[^\n]*\n?|\n?[ \t]*\w+$/g, '')
      : text.slice(1, -1);
    return node.kind() === 'string' ? said : said.replace(/\{\$[^}]*\}|\$\w+(->\w+|\[[^\]]*\])?/g, ' ');
  },
  shapes: {
    parenthesized_expression: through,
    cast_expression: through,
    unary_op_expression: through,
    error_suppression_expression: through,
    clone_expression: through,
    variadic_unpacking: through,
    arguments: through,
    argument,
    variable_name: through,
    encapsed_string: join,
    heredoc: join,
    heredoc_body: join,
    binary_expression: binary(),
    conditional_expression: (node) => {
      const [left, right] = [node.field('condition'), node.field('alternative')];
      return node.field('body') || !left || !right ? { is: 'through' } : { is: 'logic', operator: '?:', left, right };
    },
    augmented_assignment_expression: (node) => {
      const [left, right] = [node.field('left'), node.field('right')];
      return left && right && node.field('operator')?.text() === '??='
        ? { is: 'logic', operator: '??', left, right }
        : undefined;
    },
    assignment_expression: bound,
    // One entry tells what all are: a list may be as long as its file.
    array_creation_expression: (node, child) => {
      const entry = child ?? named(node)[0];
      return { is: entry && named(entry).length > 1 ? 'map' : 'list' };
    },
    array_element_initializer: (node) => {
      const parts = sides(node);
      return parts ? { is: 'pair', key: parts[0], value: parts[1] } : { is: 'through' };
    },
    subscript_expression: (node) => {
      const parts = sides(node);
      return parts && { is: 'index', object: parts[0], key: parts[1] };
    },
    function_call_expression: functionCall,
    member_call_expression: methodCall,
    nullsafe_member_call_expression: methodCall,
    scoped_call_expression: methodCall,
    object_creation_expression: creation,
    member_access_expression: property,
    nullsafe_member_access_expression: property,
    class_constant_access_expression: constantOf,
    scoped_property_access_expression: (node) => {
      const [object, name] = [node.field('scope'), node.field('name')];
      if (!object || !name) return undefined;
      return own(object) ? { is: 'through' } : { is: 'member', object, name };
    },
    case_statement: (node, child) => {
      const value = node.field('value');
      const isValue = !child || child.id() === value?.id();
      return isValue
        ? { is: 'case', subject: nearest(node, 'switch_statement')?.field('condition') ?? undefined }
        : undefined;
    },
    match_condition_list: (node) => {
      const subject = nearest(node, 'match_expression')?.field('condition') ?? undefined;
      return /^\(\s*true\s*\)$/i.test(subject?.text() ?? '') ? undefined : { is: 'case', subject };
    },
    const_element: bound,
    property_element: bound,
    static_variable_declaration: bound,
    simple_parameter: bound,
    property_promotion_parameter: bound,
    foreach_statement: each,
    enum_case: (node) => {
      const name = node.field('name');
      const enumName = nearest(node, 'enum_declaration')?.field('name')?.text() ?? '';
      return name ? { is: 'enumMember', name, enumName } : undefined;
    },
    attribute,
    namespace_use_declaration: silent,
    include_expression: silent,
    include_once_expression: silent,
    require_expression: silent,
    require_once_expression: silent,
    throw_expression: silent,
    echo_statement: silent,
    print_intrinsic: silent,
    exit_statement: silent,
    function_definition: scope(),
    method_declaration: testable,
    class_declaration: testable,
    interface_declaration: scope(),
    trait_declaration: scope(),
    enum_declaration: scope(),
  },
};
