import type { Language, Node, Shape } from '../syntax/language.ts';
import {
  binary,
  binding,
  list,
  map,
  member,
  named,
  nearest,
  pair,
  silent,
  standIn,
  through,
} from '../syntax/shapes.ts';
import { argumentsOf, readTokens } from './rust-tokens.ts';

type Call = Extract<Shape, { is: 'call' }>;

/** What Rust calls what other languages name otherwise. */
const NAMES: Readonly<Record<string, string>> = {
  ne: 'eq',
  eq_any: 'isIn',
  ne_all: 'isIn',
  is_not_in: 'isIn',
  position: 'indexOf',
  bind: 'query',
  push_bind: 'query',
  Err: 'raise',
  context: 'raise',
  with_context: 'raise',
  wrap_err: 'raise',
  ok_or: 'raise',
  query_as: 'query',
  query_scalar: 'query',
  query_one: 'query',
  query_opt: 'query',
  execute: 'query',
  captures: 'match',
  doc: 'where',
  phf_map: 'map',
  entry: 'get',
};
/** `Lazy::new(|| …)`, `HashSet::from([…])`, `Regex::new("…")`: named by what is made. */
const MAKES = /^(new|from|from_iter|from_str|of|with_capacity|new_unchecked|parse|try_from|default|builder)$/;
const WRAPS =
  /^(String|Lazy|LazyLock|LazyCell|OnceCell|OnceLock|Mutex|RwLock|Box|Rc|Arc|Cow|Some|Ok|Uuid|NonZeroU64|NonZeroU32|NonZeroI64|Borrowed|Owned|ArcSwap|RefCell|Cell|SmolStr|CompactString|ByteString|Value|Json)$/;
/** A type of its own for an identifier: `TenantId("…")`. */
const IDENTIFIERS = /^[A-Z]\w*(Id|ID|Slug|Key|Code|Name|Uuid)$|^(Tenant|Account|Customer|Org|Organization|Slug)$/;
const LATER =
  /(Lazy|LazyLock|LazyCell|OnceCell|OnceLock)::new$|\.(get_or_init|get_or_insert_with|unwrap_or_else|or_else|or_insert_with|map_or_else)$/;
const DEFAULTS = /^(unwrap_or|unwrap_or_else|or|or_else|map_or|unwrap_or_default)$/;
const SETTINGS = /^(settings|config|cfg|conf|CONFIG|SETTINGS)$/;

function calls(node: Node): Shape | undefined {
  const called = node.field('function');
  const list = node.field('arguments');
  if (!called) return undefined;
  const callee = called.kind() === 'generic_function' ? (called.field('function') ?? called) : called;
  const name = callee.field('name') ?? callee.field('field') ?? callee;
  const receiver = callee.field('path') ?? callee.field('value');
  return readCall({
    is: 'call',
    name: name.text(),
    ...(receiver && { receiver }),
    arguments: list ? named(list) : [],
  });
}

function readCall(call: Call): Shape | undefined {
  const { name, receiver, arguments: given } = call;
  const from = receiver?.text().replace(/::<.*>$/s, '') ?? '';
  const type = /(?:^|::)(\w+)$/.exec(from)?.[1] ?? '';
  if (/^(var|var_os)$/.test(name) && /(^|::)(env|dotenvy|dotenv)$/.test(from))
    return { is: 'call', name: 'getenv', arguments: given };
  if (receiver && MAKES.test(name) && /^\p{Lu}/u.test(type)) {
    if (WRAPS.test(type) || IDENTIFIERS.test(type)) return { is: 'through' };
    return { is: 'call', name: type, arguments: given };
  }
  if (WRAPS.test(name) || (given.length === 1 && IDENTIFIERS.test(name))) return { is: 'through' };
  if (receiver && DEFAULTS.test(name) && given[0])
    return { is: 'logic', operator: '||', left: receiver, right: given[0] };
  if (SETTINGS.test(from) && /^get(_|$)/.test(name)) return { is: 'call', name: 'getConfig', arguments: given };
  // `account::Column::Slug.eq("…")`: the column of what is before it.
  const plain =
    receiver && /\bColumn::/.test(from) ? standIn(receiver, from.replace(/\bColumn::/g, '')) : (receiver ?? undefined);
  return { ...call, name: NAMES[name] ?? name, ...(plain && { receiver: plain }) };
}

const SETS = /^(vec|smallvec|array_vec|arrayvec|hashset|btreeset|phf_set|phf_ordered_set|indexset|set|hash_set)$/;
const MAPS =
  /^(hashmap|btreemap|phf_map|phf_ordered_map|indexmap|hash_map|map|json|lazy_static|once_cell|cfg_if|select|html|rsx|maplit|collection)$/;
const SAID =
  /^(debug_)?assert(_\w+)?$|^(bail|anyhow|eyre|ensure|unreachable|compile_error|include_str|include_bytes|include|concat_idents|write|writeln|print|eprint|event|log|\w*span|slog_\w+|defmt)$/;

/** What a macro does with what is in its brackets. */
function readMacro(name: string, tree: Node, child?: Node): Shape | undefined {
  if (name === 'matches') {
    const [subject] = argumentsOf(tree);
    const isPattern = subject && child && child.range().start.index >= subject.range().end.index;
    return isPattern ? { is: 'case', subject } : undefined;
  }
  if (SAID.test(name)) return { is: 'silent' };
  if (MAPS.test(name)) return { is: 'map' };
  if (/^(format|concat|format_args)$/.test(name)) return { is: 'join' };
  if (SETS.test(name)) return { is: 'list' };
  if (name.endsWith('env')) return { is: 'call', name: 'getenv', arguments: argumentsOf(tree) };
  return { is: 'call', name: NAMES[name] ?? name, arguments: argumentsOf(tree) };
}

function macro(node: Node, child?: Node): Shape | undefined {
  const called = node.field('macro');
  const tree = named(node).find((part) => part.kind() === 'token_tree');
  const name = (called?.field('name') ?? called)?.text();
  if (name === undefined || !tree) return undefined;
  return name === 'matches' || SETS.test(name) ? { is: 'through' } : readMacro(name, tree, child);
}

function tokens(node: Node, child?: Node): Shape | undefined {
  const parent = node.parent();
  if (parent?.kind() === 'macro_invocation' && /^(debug_)?assert/.test(parent.field('macro')?.text() ?? ''))
    return { is: 'silent' };
  const given = parent?.kind() === 'attribute' || isConfiguration(parent) ? configured(child) : undefined;
  if (given) return given;
  const found = readTokens(node, child, { call: readCall, macro: readMacro });
  if (found?.is !== 'through' || parent?.kind() !== 'macro_invocation') return found;
  const called = parent.field('macro');
  const name = (called?.field('name') ?? called)?.text() ?? '';
  return name === 'matches' || SETS.test(name) ? (readMacro(name, node, child) ?? found) : found;
}

const isConfiguration = (node: Node | null): boolean =>
  node?.kind() === 'macro_invocation' && node.field('macro')?.text() === 'cfg';

/** `#[cfg(feature = "…")]`, `#[arg(env = "…")]`. */
function configured(child: Node | undefined): Shape | undefined {
  const equals = child?.prev();
  const key = equals?.text() === '=' ? equals.prev()?.text() : undefined;
  if (!child || key === undefined) return undefined;
  if (key === 'feature') return { is: 'call', name: 'feature', arguments: [child] };
  if (key === 'env' || key === 'from') return { is: 'call', name: 'getenv', arguments: [child] };
  return undefined;
}

/** `Tenant::Zephyra` and `limits::VIP` are values; `vendors::zephyra::send` and `vendors::Zephyra` are not. */
function path(node: Node): Shape | undefined {
  const [object, name] = [node.field('path'), node.field('name')];
  if (!object || !name) return undefined;
  const isConstant = /^[\p{Lu}\p{N}_]+$/u.test(name.text());
  const isVariant = /^\p{Lu}/u.test(name.text()) && /(^|::)\p{Lu}\w*$/u.test(object.text());
  return isConstant || isVariant ? { is: 'member', object, name } : undefined;
}

const declared = binding('name', 'value', 'type');

/** A constant of a module or a type is known by that too. */
function constant(node: Node): Shape | undefined {
  const shape = declared(node);
  const type = node.field('type');
  const owner = node.parent()?.parent();
  const within =
    owner?.kind() === 'mod_item' ? owner.field('name') : owner?.kind() === 'impl_item' ? owner.field('type') : null;
  return shape?.is === 'binding' && type && within
    ? { ...shape, type: standIn(type, `${within.text()} ${type.text()}`) }
    : shape;
}

/** The last expression of a block is its value; of a function, what is known by the function's name. */
function block(node: Node, child?: Node): Shape | undefined {
  const parent = node.parent();
  if (!child || !parent || named(node).at(-1)?.id() !== child.id()) return undefined;
  if (child.kind() === 'expression_statement' || child.kind() === 'match_expression') return undefined;
  if (parent.kind() === 'closure_expression') return { is: 'through' };
  const name = parent.kind() === 'function_item' ? parent.field('name') : null;
  return name ? { is: 'binding', name, value: child } : undefined;
}

function closure(node: Node): Shape | undefined {
  const called = node.parent()?.parent()?.field('function');
  return called && LATER.test(called.text()) ? { is: 'through' } : undefined;
}

/** A pattern is compared with what is matched; a part of it with that part. */
const MATCHED = /^(match_expression|let_condition|let_declaration)$/;
function subjectOf(node: Node): { subject: Node | undefined; pattern: Node | undefined } {
  for (let at: Node | null = node, below = node; at; below = at, at = at.parent())
    if (MATCHED.test(at.kind())) return { subject: at.field('value') ?? undefined, pattern: below };
  return { subject: undefined, pattern: undefined };
}

const arm = (node: Node, child?: Node): Shape | undefined =>
  child && node.field('pattern')?.id() !== child.id() ? undefined : { is: 'case', subject: subjectOf(node).subject };

const letPattern = (node: Node, child?: Node): Shape | undefined =>
  child && node.field('pattern')?.id() === child.id()
    ? { is: 'case', subject: node.field('value') ?? undefined }
    : undefined;

function fieldPattern(node: Node): Shape | undefined {
  const { subject } = subjectOf(node);
  const key = node.field('name');
  return key ? { is: 'case', subject: standIn(key, `${subject?.text() ?? ''}.${key.text()}`) } : undefined;
}

/** `match (a.slug, plan) { ("zephyra", _) => … }` */
function tuplePattern(node: Node, child?: Node): Shape | undefined {
  const { subject } = subjectOf(node);
  if (subject?.kind() !== 'tuple_expression' || !child) return { is: 'through' };
  // `_` is no named node: places are counted by commas.
  const place = node
    .children()
    .filter((part) => part.text() === ',' && part.range().end.index <= child.range().start.index);
  return { is: 'case', subject: named(subject)[place.length] };
}

function index(node: Node): Shape | undefined {
  const [object, key] = named(node);
  return object && key ? { is: 'index', object, key } : undefined;
}

const TESTS =
  /^#!?\[\s*(cfg\((?!.*\bnot\s*\(\s*test).*\btest\b|([\w:]*::)?(test|rstest|test_case|bench|quickcheck|proptest|wasm_bindgen_test)\b)/s;

/** What a `#[test]` or `#[cfg(test)]` stands before is a test. */
function declaration(node: Node): Shape {
  const name = node.field('name')?.text() ?? node.field('type')?.text() ?? '';
  let test = node.kind() === 'mod_item' && /^(tests?|.*_tests?)$/.test(name);
  for (let before = node.prev(); before && /attribute|comment/.test(before.kind()); before = before.prev())
    if (TESTS.test(before.text())) test = true;
  return { is: 'scope', name, ...(test && { test }) };
}

export const rust: Language = {
  name: 'rust',
  title: 'Rust',
  extensions: ['.rs'],
  grammar: 'rust',
  package: '@ast-grep/lang-rust',
  strings: ['string_literal', 'raw_string_literal'],
  numbers: ['integer_literal'],
  patterns: [],
  names: ['identifier', 'field_identifier'],
  comments: ['line_comment', 'block_comment'],
  textOf: (node) => node.text().replace(/^[bc]?r?#*"|"#*$/g, ''),
  shapes: {
    parenthesized_expression: through,
    reference_expression: through,
    unary_expression: through,
    try_expression: through,
    await_expression: through,
    type_cast_expression: through,
    arguments: through,
    binary_expression: binary(),
    array_expression: list,
    tuple_expression: list,
    index_expression: index,
    field_expression: member('value', 'field'),
    scoped_identifier: path,
    call_expression: calls,
    macro_invocation: macro,
    token_tree: tokens,
    attribute: silent,
    attribute_item: silent,
    inner_attribute_item: silent,
    struct_expression: through,
    field_initializer_list: map,
    field_initializer: pair('field', 'value'),
    closure_expression: closure,
    block,
    let_declaration: binding('pattern', 'value', 'type'),
    const_item: constant,
    static_item: constant,
    assignment_expression: binding('left', 'right'),
    match_arm: arm,
    let_condition: letPattern,
    match_pattern: through,
    or_pattern: through,
    tuple_pattern: tuplePattern,
    tuple_struct_pattern: through,
    slice_pattern: through,
    captured_pattern: through,
    reference_pattern: through,
    ref_pattern: through,
    field_pattern: fieldPattern,
    struct_pattern: through,
    enum_variant: (node) => {
      const name = node.field('name');
      return name
        ? { is: 'enumMember', name, enumName: nearest(node, 'enum_item')?.field('name')?.text() ?? '' }
        : undefined;
    },
    use_declaration: silent,
    extern_crate_declaration: silent,
    function_item: declaration,
    mod_item: declaration,
    impl_item: declaration,
    trait_item: declaration,
    struct_item: declaration,
    enum_item: declaration,
  },
};
