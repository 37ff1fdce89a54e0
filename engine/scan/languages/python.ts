import type { Language, Node, Shape } from '../syntax/language.ts';
import {
  between,
  binary,
  binding,
  call,
  index,
  join,
  list,
  map,
  member,
  named,
  nearest,
  pair,
  readOperator,
  silent,
  through,
} from '../syntax/shapes.ts';

const members = { attribute: ['object', 'attribute'] } as const;

/** `a == b`, `a in b`; of a chain (`a < b < c`) the first link. */
function comparison(node: Node): Shape | undefined {
  const [left, right] = named(node);
  return left && right ? readOperator(between(node, left, right), left, right) : undefined;
}

/** `settings.ZEPHYRA_SEATS` by its name: `getattr(settings, "ZEPHYRA_SEATS", 50)`. */
const readCall = call('function', 'arguments', members);
function calls(node: Node): Shape | undefined {
  const shape = readCall(node);
  if (shape?.is !== 'call' || !/^(get|has|set)attr$/.test(shape.name)) return shape;
  const [object, key] = shape.arguments;
  return object && key ? { is: 'index', object, key } : shape;
}

/** `for tenant in ("a", "b")`: who is in the list is treated so. */
function loop(node: Node): Shape | undefined {
  const [left, right] = [node.field('left'), node.field('right')];
  // Rows that are gone through are data: `for slug, name in [("a", "A")]`.
  return left?.kind() === 'identifier' && right ? { is: 'comparison', operator: 'in', left, right } : undefined;
}

const caseOf = (node: Node): Shape => ({
  is: 'case',
  subject: nearest(node, 'match_statement')?.field('subject') ?? undefined,
});

/** `case ("zephyra", _)`: against what stands in the same place of what is matched; `case {"tenant": "zephyra"}`: against that key. */
function pattern(node: Node): Shape | undefined {
  const parent = node.parent();
  if (parent?.kind() === 'dict_pattern') {
    const key = node.prev()?.prev();
    return key ? { is: 'comparison', operator: '==', left: key, right: node } : undefined;
  }
  if (parent?.kind() !== 'tuple_pattern' && parent?.kind() !== 'list_pattern') return { is: 'through' };
  const matched = nearest(node, 'match_statement');
  const subject = matched?.field('subject');
  if (!matched || !subject) return { is: 'through' };
  const subjects = /^(tuple|list)$/.test(subject.kind())
    ? named(subject)
    : named(matched).filter((part) => part.kind() !== 'block');
  const place = named(parent).findIndex((part) => part.id() === node.id());
  return subjects.length > 1 ? { is: 'case', subject: subjects[place] } : { is: 'through' };
}

/** `case Account(slug="zephyra")`: an id is that of the class. */
function keywordPattern(node: Node): Shape | undefined {
  const [key, value] = named(node);
  if (!key || !value) return undefined;
  const owner = node.parent()?.parent();
  const owned = owner?.kind() === 'class_pattern' ? named(owner)[0] : undefined;
  const left = owned && /^(id|pk|slug|key|code|name|handle|domain)$/i.test(key.text()) ? owned : key;
  return { is: 'comparison', operator: '==', left, right: value };
}

const superclassesOf = (node: Node): string => nearest(node, 'class_definition')?.field('superclasses')?.text() ?? '';
const isMember = (node: Node): boolean => node.parent()?.parent()?.parent()?.kind() === 'class_definition';

const bind = binding('left', 'right', 'type');
/** A member of an enumeration, a setting read from the environment by its name, or a name that is given a value. */
function assignment(node: Node): Shape | undefined {
  const name = node.field('left');
  if (!name || !isMember(node)) return bind(node);
  const superclasses = superclassesOf(node);
  if (/Enum\b|Choices\b|\bI?(Int)?Flag\b/.test(superclasses))
    return { is: 'enumMember', name, enumName: nearest(node, 'class_definition')?.field('name')?.text() ?? '' };
  if (/Settings\b/.test(superclasses) && !node.field('right')) return { is: 'call', name: 'getenv', arguments: [name] };
  return bind(node);
}

/** `def load(tenant="zephyra")`: that tenant unless another is said. */
function fallback(node: Node): Shape | undefined {
  const [left, right] = [node.field('name'), node.field('value')];
  return left && right ? { is: 'logic', operator: 'or', left, right } : undefined;
}

const isText = (node: Node | undefined): boolean =>
  node?.kind() === 'string' || (node?.kind() === 'concatenated_string' && named(node).every(isText));

export const python: Language = {
  name: 'python',
  title: 'Python',
  extensions: ['.py', '.pyi', '.pyw'],
  grammar: 'python',
  package: '@ast-grep/lang-python',
  strings: ['string'],
  numbers: ['integer'],
  patterns: [],
  names: ['identifier'],
  comments: ['comment'],
  textOf: (node) => {
    const text = node.text();
    const [, prefix = '', quotes = '"'] = /^([a-zA-Z]*)("""|'''|"|')/.exec(text) ?? [];
    let said = text.slice(prefix.length + quotes.length, text.endsWith(quotes) ? -quotes.length : undefined);
    if (/f|t/i.test(prefix)) said = said.replace(/\{[^{}]*\}/g, ' ');
    // Patterns are written in raw strings: an escaped dot is a dot.
    return /r/i.test(prefix) ? said.replace(/\\[AbBdDsSwWzZ]/g, ' ').replace(/\\([^\w\s])/g, '$1') : said;
  },
  shapes: {
    parenthesized_expression: through,
    await: through,
    argument_list: through,
    conditional_expression: through,
    concatenated_string: join,
    interpolation: join,
    comparison_operator: comparison,
    boolean_operator: binary(),
    binary_operator: binary(),
    not_operator: through,
    lambda: through,
    list,
    tuple: list,
    set: list,
    expression_list: list,
    list_splat: through,
    list_comprehension: through,
    set_comprehension: through,
    generator_expression: through,
    for_in_clause: loop,
    for_statement: loop,
    dictionary: map,
    dictionary_splat: through,
    pair: pair(),
    keyword_argument: pair('name', 'value'),
    attribute: member('object', 'attribute'),
    dotted_name: (node) => {
      const parts = named(node);
      const [object, name] = [parts[0], parts.at(-1)];
      if (!object || !name || parts.length < 2 || /import/.test(node.parent()?.kind() ?? '')) return undefined;
      return { is: 'member', object, name };
    },
    subscript: index('value', 'subscript'),
    call: calls,
    assignment,
    ownedexpression: binding('name', 'value'),
    default_parameter: fallback,
    typed_default_parameter: fallback,
    case_pattern: pattern,
    union_pattern: through,
    as_pattern: through,
    with_item: through,
    tuple_pattern: through,
    list_pattern: through,
    dict_pattern: caseOf,
    class_pattern: caseOf,
    keyword_pattern: keywordPattern,
    case_clause: caseOf,
    import_statement: silent,
    import_from_statement: silent,
    future_import_statement: silent,
    raise_statement: silent,
    assert_statement: silent,
    function_definition: (node) => {
      const name = node.field('name')?.text() ?? '';
      return { is: 'scope', name, ...(name.startsWith('test_') && { test: true }) };
    },
    class_definition: (node) => {
      const name = node.field('name')?.text() ?? '';
      const isTest = /TestCase\b/.test(node.field('superclasses')?.text() ?? '');
      return { is: 'scope', name, ...(isTest && { test: true }) };
    },
    // A string that stands alone is documentation.
    expression_statement: (node) => (isText(named(node)[0]) ? { is: 'silent' } : undefined),
  },
};
