import type { Language, Node, Shape } from '../syntax/language.ts';
import {
  binary,
  binding,
  call,
  caseOf,
  index,
  list,
  map,
  member,
  named,
  nearest,
  pair,
  scope,
  silent,
  standIn,
  through,
} from '../syntax/shapes.ts';

const members = { selector_expression: ['operand', 'field'] } as const;
const readCall = call('function', 'arguments', members);

// Packages, not what is compared or looked in.
const LIBRARIES = /^(strings|slices|bytes|maps|cmp|regexp|lo|reflect|sort|funk|golang|stringutils?|sliceutils?)$/;
const SETTINGS = /^(viper|koanf|conf|cfg|config|settings|k)$/i;
/** What a library calls what other languages name otherwise. */
const NAMES: Readonly<Record<string, string>> = {
  New: 'NewSet',
  NewString: 'NewSet',
  NewInt64: 'NewSet',
  NewThreadUnsafeSet: 'NewSet',
  SearchStrings: 'binarySearch',
};
const SETS = /^(sets?|mapset|hashset|treeset|strset|stringset|goset)$/i;
const QUERIES =
  /^(Query|QueryRow|QueryRowx|Queryx|QueryContext|QueryRowContext|Exec|ExecContext|MustExec|NamedExec|NamedQuery|Select|SelectContext|GetContext|Raw|Where|Or|Not|Having|Joins|Filter|First|Take|Find|Last|Delete|WhereOr)$/;
/** `db.Model(&Account{}).Where("slug = ?", …)` */
const MODEL = /\bModel\(\(?[&*]?(?:\w+\.)?([A-Z]\w*)/;
/** A predicate made for a column: `tenant.SlugEQ("…")`, `models.AccountWhere.Slug.IN("…")`. */
const PREDICATES: readonly [RegExp, string][] = [
  [/[a-z](EQ|NEQ|EqualFold)$|^(EQ|NEQ)$/, 'eq'],
  [/[a-z](In|NotIn)$|^(IN|NIN)$/, 'isIn'],
  [/[a-z](HasPrefix|HasSuffix)$/, 'hasPrefix'],
  [/[a-z]Contains(Fold)?$/, 'contains'],
];
/** A named type that a text is turned into: `TenantID("…")`. */
const CONVERSION =
  /^(?!(?:Get|Find|Is|Has|For|By|Load|New|Must|Delete|Set|With|Add|Create|Open|Fetch)[A-Z])[A-Z]\w*(?:ID|Id|Slug|Key|Code|Name|UUID)$|^(Tenant|Account|Customer|Org|Organization|Slug)$/;

function calls(node: Node): Shape | undefined {
  const called = node.field('function');
  // `sets.New[string]("…")`
  const generic = called?.kind() === 'index_expression' ? called.field('operand') : null;
  const shape = generic ? callOf(generic, node.field('arguments')) : readCall(node);
  if (shape?.is !== 'call') return shape;
  const { name, receiver, arguments: given } = shape;
  const plain = { is: 'call', name, arguments: given } as const;
  const from = receiver?.text() ?? '';
  const last = given.at(-1);
  // `cmp.Or(os.Getenv("…"), "…")`
  if (from === 'cmp' && name === 'Or' && given[0] && last)
    return { is: 'logic', operator: '||', left: given[0], right: last };
  if (LIBRARIES.test(from)) return { ...plain, name: NAMES[name] && from === 'sort' ? NAMES[name] : name };
  if (SETS.test(from) && NAMES[name]) return { ...plain, name: NAMES[name] };
  if (SETTINGS.test(from) && /^(Get|Bool|Int|String|Duration|Strings|Float64|IsSet|Unmarshal)/.test(name))
    return { ...plain, name: 'getConfig' };
  if (receiver && QUERIES.test(name) && given.some(isText)) {
    const model = MODEL.exec(from)?.[1];
    return { ...plain, name: 'query', ...(model !== undefined && { receiver: standIn(receiver, model) }) };
  }
  const predicate = receiver && PREDICATES.find(([pattern]) => pattern.test(name));
  if (predicate) {
    // The column is a part of the name: `account.SlugEQ`.
    return { ...shape, name: predicate[1] };
  }
  if (given.length === 1 && CONVERSION.test(name)) return { is: 'through' };
  return shape;
}

function callOf(called: Node, given: Node | null): Shape {
  const receiver = called.field('operand');
  const name = called.field('field') ?? called;
  return { is: 'call', name: name.text(), ...(receiver && { receiver }), arguments: given ? named(given) : [] };
}

/** A condition or a statement of SQL. */
const isText = (node: Node): boolean => node.kind().endsWith('string_literal') && /[\s=?$]/.test(node.text());

/** `a, b = "x", "y"`: each to its own. */
function several(node: Node, child?: Node): Shape | undefined {
  const parent = node.parent();
  const parts = named(node);
  if (!child || !parent || parts.length < 2) return { is: 'through' };
  if (parent.kind() === 'expression_case') return { is: 'through' };
  const left = parent.field('left');
  const names = left ? named(left) : parent.fieldChildren('name').filter((name) => name.isNamed());
  const name = names[parts.findIndex((part) => part.id() === child.id())];
  return name && { is: 'binding', name, value: child };
}

/** `a := x`, `for _, a := range x`. */
const assignment =
  (which: 'first' | 'last'): ((node: Node) => Shape | undefined) =>
  (node) => {
    const left = node.field('left');
    const name = left && named(left).at(which === 'first' ? 0 : -1);
    const value = node.field('right');
    return name && value ? { is: 'binding', name, value, ...typeOf(value) } : undefined;
  };

const declared = binding('name', 'value', 'type');
function declaration(node: Node): Shape | undefined {
  const shape = declared(node);
  return shape?.is === 'binding' && !shape.type && shape.value ? { ...shape, ...typeOf(shape.value) } : shape;
}

/** What a value written out is a value of: `[]TenantRule{…}`. */
function typeOf(value: Node): { type?: Node } {
  const inner = value.kind() === 'expression_list' ? named(value)[0] : value;
  const type = inner?.kind() === 'composite_literal' ? inner.field('type') : null;
  return type ? { type } : {};
}

/** A constant; without a text of its own (`iota`) a member of the type that the first of its block states. */
function constant(node: Node): Shape | undefined {
  const value = node.field('value');
  const name = node.field('name');
  if (!name || (value && !/\biota\b/.test(value.text()))) return declaration(node);
  const first = node.parent() && named(node.parent() as Node).find((part) => part.kind() === 'const_spec');
  const type = node.field('type') ?? first?.field('type');
  return type ? { is: 'enumMember', name, enumName: type.text() } : undefined;
}

/** A map or list that a function gives is known by the function's name. */
function returned(node: Node): Shape | undefined {
  const [given] = named(node);
  const [value] = given ? named(given) : [];
  const owner = nearest(node, 'function_declaration') ?? nearest(node, 'method_declaration');
  const name = value?.kind() === 'composite_literal' ? owner?.field('name') : undefined;
  return name && given ? { is: 'binding', name, value: given } : undefined;
}

const isKeyed = (node: Node): boolean => named(node).some((part) => part.kind() === 'keyed_element');

const CONDITIONS = /^(bson\.[MDE]|(sq|squirrel)\.(Eq|NotEq|Like|ILike)|(goqu|exp)\.Ex)$/;

/** A value written out; `bson.M{…}`, `sq.Eq{…}` are conditions. */
function literal(node: Node): Shape {
  const [type, body] = [node.field('type'), node.field('body')];
  return type && body && CONDITIONS.test(type.text())
    ? { is: 'call', name: 'where', arguments: [body] }
    : { is: 'through' };
}

/** What takes a `*testing.T` serves tests. */
const declaredFunction = (node: Node): Shape => ({
  is: 'scope',
  name: node.field('name')?.text() ?? '',
  ...(/\btesting\.(T|B|TB|F|M)\b/.test(node.field('parameters')?.text() ?? '') && { test: true }),
});

export const go: Language = {
  name: 'go',
  title: 'Go',
  extensions: ['.go'],
  grammar: 'go',
  package: '@ast-grep/lang-go',
  strings: ['interpreted_string_literal', 'raw_string_literal'],
  numbers: ['int_literal'],
  patterns: [],
  names: ['identifier', 'field_identifier'],
  comments: ['comment'],
  // Of a field's tag only the variable of the environment it is read from counts.
  textOf: (node) =>
    node.parent()?.kind() === 'field_declaration'
      ? (/\b(?:env|envconfig|mapstructure)\s*:\s*"([^",]*)/.exec(node.text())?.[1] ?? '')
      : node.text().slice(1, -1),
  shapes: {
    parenthesized_expression: through,
    unary_expression: through,
    type_conversion_expression: through,
    argument_list: through,
    variadic_argument: through,
    literal_element: through,
    composite_literal: literal,
    binary_expression: binary(),
    literal_value: (node, child) =>
      (child ? child.kind() === 'keyed_element' : isKeyed(node)) ? map(node) : list(node),
    keyed_element: pair(),
    selector_expression: member('operand', 'field'),
    index_expression: index('operand', 'index'),
    call_expression: calls,
    expression_list: several,
    expression_case: caseOf('expression_switch_statement', 'value'),
    const_spec: constant,
    var_spec: declaration,
    short_var_declaration: assignment('first'),
    assignment_statement: assignment('first'),
    range_clause: assignment('last'),
    return_statement: returned,
    field_declaration: (node) => {
      const tag = node.field('tag');
      return tag ? { is: 'call', name: 'getenv', arguments: [tag] } : undefined;
    },
    import_spec: silent,
    function_declaration: declaredFunction,
    method_declaration: declaredFunction,
    type_spec: scope(),
  },
};
