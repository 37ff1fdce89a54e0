import type { Language, Node, Shape } from '../syntax/language.ts';
import { binding, list, map, named, nearest, pair, readOperator, silent, standIn, through } from '../syntax/shapes.ts';

/** What Ruby and Rails call what other languages name otherwise. */
const NAMES: Readonly<Record<string, string>> = {
  'in?': 'isIn',
  presence_in: 'isIn',
  'exclude?': 'contains',
  'casecmp?': 'equals',
  casecmp: 'equals',
  'key?': 'hasKey',
  values_at: 'get',
  grep: 'match',
  grep_v: 'match',
  scan: 'match',
  fail: 'raise',
  t: 'translate',
  l: 'translate',
  'active?': 'isActive',
  'on?': 'isOn',
  'inactive?': 'isActive',
  constraints: 'where',
  'exists?': 'where',
  find_or_create_by: 'where',
  find_or_initialize_by: 'where',
  find_sole_by: 'where',
  rewhere: 'where',
  'find_by!': 'where',
  unscope: 'where',
  in: 'isIn',
  not_in: 'isIn',
  not_eq: 'eq',
  matches: 'like',
  merge: 'collect',
  'merge!': 'collect',
  union: 'collect',
};

/** Without a receiver these declare a name, load a file or say where a page is. */
const DECLARES =
  /^(require|require_relative|require_dependency|load|autoload|gem|include|extend|prepend|using|import|alias_method|attr_(reader|writer|accessor)|attribute|delegate|delegate_missing_to|belongs_to|has_(one|many)(_attached)?|has_and_belongs_to_many|helper(_method)?|private|public|protected|private_constant|module_function|define_method|rescue_from|(skip_)?(before|after|around)_\w+|get|post|put|patch|delete|namespace|resources?|mount|root|draw|desc|task|file)$/;
const TAKES_BLOCK = /^(any|none|one|all|find|detect|include|select|filter)\??$/;
const TELLS_NOTHING = /^(name|slug|id|key|type|kind|to_s|to_str|to_sym|to_param|label|title|inspect|call|perform)$/;

const isList = (node: Node | null): boolean =>
  node !== null &&
  (/^(array|hash|string_array|symbol_array)$/.test(node.kind()) ||
    (node.kind() === 'call' && !node.field('arguments') && isList(node.field('receiver'))));

function calls(node: Node): Shape | undefined {
  const method = node.field('method');
  const receiver = node.field('receiver');
  const list = node.field('arguments');
  const block = node.field('block');
  if (!method) return receiver ? { is: 'through' } : undefined;
  const name = method.text();
  const given = list ? named(list) : [];
  if (!receiver && DECLARES.test(name)) return { is: 'silent' };
  if (!receiver && name === 'enum' && given[0]) return enumeration(given);
  if (receiver && !list && !block) return { is: 'member', object: receiver, name: method };
  const more = block && TAKES_BLOCK.test(name) ? [block] : [];
  const shape = {
    is: 'call',
    name: NAMES[name] ?? name,
    ...(receiver && { receiver }),
    arguments: [...given, ...more],
  } as const;
  if (name === 'new') {
    // A class is called by its own name, as where there is a word for it.
    const made = receiver?.text().split('::').at(-1);
    return made === undefined || made === 'Actor' ? { is: 'through' } : { is: 'call', name: made, arguments: given };
  }
  if (name === 'not' && receiver && /\bwhere$/.test(receiver.text())) {
    const from = receiver.field('receiver');
    return { is: 'call', name: 'where', ...(from && { receiver: from }), arguments: given };
  }
  const column = /^find(?:_or_create|_or_initialize)?_by_(\w+)!?$/.exec(name)?.[1];
  if (column && given[0])
    return {
      is: 'call',
      name: 'equals',
      receiver: standIn(method, `${receiver?.text() ?? ''}.${column}`),
      arguments: given,
    };
  // A condition in SQL says what is compared, not what it is asked of.
  if (given.length > 1 && given[0] && given[0].kind() === 'string' && /[=?:]|\bin\b|like/i.test(given[0].text()))
    return { is: 'call', name: shape.name, ...(receiver?.kind() === 'constant' && { receiver }), arguments: given };
  return shape;
}

/** `enum :tenant, { zephyra: 0 }`, `enum tenant: { … }`, `enum :tenant, zephyra: 0`: the members of what is named first. */
function enumeration([first, second]: readonly Node[]): Shape | undefined {
  const key = first?.kind() === 'pair' ? first.field('key') : null;
  if (first && key) return { is: 'binding', name: key, value: first };
  return first && second ? { is: 'binding', name: first, value: standIn(second.parent() ?? second) } : undefined;
}

function operation(node: Node): Shape | undefined {
  const [left, right] = [node.field('left'), node.field('right')];
  const operator = node.field('operator')?.text() ?? '';
  if (!left || !right) return undefined;
  if (operator === '<<') return { is: 'call', name: 'add', receiver: left, arguments: [right] };
  if (operator === '|' || operator === '-') return { is: 'join' };
  return readOperator(operator, left, right);
}

const assigned = binding('left', 'right');

/** A constant of a module that only names things is known by the module too. */
function assignment(node: Node): Shape | undefined {
  const name = node.field('left');
  const shape = assigned(node);
  if (shape?.is !== 'binding' || name?.kind() !== 'constant') return shape;
  const body = node.parent();
  const owner = body?.kind() === 'body_statement' ? body.parent() : null;
  const enumeration = nearest(node, 'class');
  if (/\bEnum\b/.test(enumeration?.field('superclass')?.text() ?? ''))
    return { is: 'enumMember', name, enumName: enumeration?.field('name')?.text() ?? '' };
  const type = owner?.kind() === 'module' ? owner.field('name') : null;
  return type ? { ...shape, type } : shape;
}

/** `a ||= {…}` keeps what is written once; `a ||= "…"` is what it is otherwise. */
function assignmentByOperator(node: Node): Shape | undefined {
  const [left, right] = [node.field('left'), node.field('right')];
  const operator = node.field('operator')?.text() ?? '';
  if (!left || !right) return undefined;
  return operator === '||=' && !isList(right)
    ? { is: 'logic', operator, left, right }
    : { is: 'binding', name: left, value: right };
}

/** `a, b = 'x', 'y'`: each to its own. */
function several(node: Node, child?: Node): Shape | undefined {
  const left = node.parent()?.field('left');
  const at = child ? named(node).findIndex((part) => part.id() === child.id()) : -1;
  const name = left ? named(left)[at] : undefined;
  return name && child ? { is: 'binding', name, value: child } : undefined;
}

/** What a method gives is known by the method's name. */
function given(node: Node, value: Node): Shape | undefined {
  const owner = /^(singleton_)?method$/.test(node.kind())
    ? node
    : (nearest(node, 'method') ?? nearest(node, 'singleton_method'));
  const name = owner?.field('name');
  return name && (isList(value) || !TELLS_NOTHING.test(name.text())) ? { is: 'binding', name, value } : undefined;
}

function body(node: Node, child?: Node): Shape | undefined {
  const parent = node.parent();
  if (!child || !parent || !parent.kind().endsWith('method')) return undefined;
  const last = named(node).findLast((part) => !/^(comment|heredoc_body)$/.test(part.kind()));
  return last?.id() === child.id() ? given(parent, child) : undefined;
}

function method(node: Node, child?: Node): Shape | undefined {
  if (child && child.kind() !== 'body_statement' && node.field('body')?.id() === child.id()) {
    const shape = given(node, child);
    if (shape) return shape;
  }
  return { is: 'scope', name: node.field('name')?.text() ?? '' };
}

/** A class of a test framework holds tests. */
const classes = (node: Node): Shape => ({
  is: 'scope',
  name: node.field('name')?.text() ?? '',
  ...(/\b(Test|TestCase|IntegrationTest|SystemTestCase|Spec)$/.test(node.field('superclass')?.text() ?? '') && {
    test: true,
  }),
});

/** `in { account: { slug: 'zephyra' } }`: what is matched is the key below what the case asks about. */
function patternKey(node: Node): Shape | undefined {
  const keys: string[] = [];
  let at: Node | null = node;
  for (; at && !/^(case_match|test_pattern|match_pattern)$/.test(at.kind()); at = at.parent())
    if (at.kind() === 'keyword_pattern') keys.unshift(at.field('key')?.text() ?? '');
  return { is: 'case', subject: standIn(node, [at?.field('value')?.text() ?? '', ...keys].join('.')) };
}

const matched = (node: Node): Shape => ({ is: 'case', subject: node.field('value') ?? undefined });

function reference(node: Node): Shape | undefined {
  const object = node.field('object');
  const keys = named(node).filter((part) => part.id() !== object?.id());
  if (object && /^(Set|SortedSet|Concurrent::Set)$/.test(object.text())) return { is: 'list' };
  return object && keys[0] ? { is: 'index', object, key: keys[0] } : undefined;
}

/** `Tenants::ZEPHYRA` is a value; `Vendors::Zephyra` is a class. */
function path(node: Node): Shape | undefined {
  const [object, name] = [node.field('scope'), node.field('name')];
  if (!object || !name) return undefined;
  return /\p{Ll}/u.test(name.text()) ? { is: 'silent' } : { is: 'member', object, name };
}

const join = (): Shape => ({ is: 'join' });

export const ruby: Language = {
  name: 'ruby',
  title: 'Ruby',
  extensions: ['.rb', '.rake', '.ru', '.gemspec'],
  grammar: 'ruby',
  package: '@ast-grep/lang-ruby',
  strings: [
    'string',
    'bare_string',
    'simple_symbol',
    'bare_symbol',
    'delimited_symbol',
    'hash_key_symbol',
    'heredoc_body',
  ],
  numbers: ['integer'],
  patterns: ['regex'],
  names: ['identifier', 'constant', 'instance_variable', 'class_variable', 'global_variable'],
  comments: ['comment'],
  textOf: (node) => {
    const text = node.text().replace(/#\{[^}]*\}/g, ' ');
    switch (node.kind()) {
      case 'string':
        return text.replace(/^(%[qQ]?[^\w\s]|["'`])|.$/gs, '');
      case 'regex':
        return text.replace(/^(%r.|\/)|[^\w\s][a-z]*$/gs, '');
      case 'simple_symbol':
      case 'delimited_symbol':
        return text.replace(/^:["']?|["']$/g, '');
      case 'heredoc_body':
        return text.replace(/\n[^\n]*$/, '');
      default:
        return text;
    }
  },
  shapes: {
    parenthesized_statements: through,
    conditional: through,
    unary: through,
    argument_list: through,
    splat_argument: through,
    hash_splat_argument: through,
    interpolation: join,
    string: join,
    chained_string: join,
    regex: join,
    delimited_symbol: join,
    bare_string: join,
    array: list,
    string_array: list,
    symbol_array: list,
    hash: map,
    pair: pair(),
    binary: operation,
    call: calls,
    element_reference: reference,
    scope_resolution: path,
    assignment,
    operator_assignment: assignmentByOperator,
    right_assignment_list: several,
    optional_parameter: binding('name', 'value'),
    keyword_parameter: binding('name', 'value'),
    when: (node) => ({ is: 'case', subject: nearest(node, 'case')?.field('value') ?? undefined }),
    pattern: through,
    alternative_pattern: through,
    as_pattern: through,
    array_pattern: through,
    find_pattern: through,
    hash_pattern: through,
    parenthesized_pattern: through,
    keyword_pattern: patternKey,
    in_clause: (node) => ({ is: 'case', subject: nearest(node, 'case_match')?.field('value') ?? undefined }),
    test_pattern: matched,
    match_pattern: matched,
    return: (node) => {
      const [values] = named(node);
      const [value] = values ? named(values) : [];
      return value && isList(value) ? given(node, value) : undefined;
    },
    body_statement: body,
    method,
    singleton_method: method,
    class: classes,
    module: (node) => ({ is: 'scope', name: node.field('name')?.text() ?? '' }),
    alias: silent,
  },
};
