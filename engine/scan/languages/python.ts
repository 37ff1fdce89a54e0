import type { Language, Node } from '../language.ts';
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
  scope,
  silent,
  through,
} from '../shapes.ts';

const members = { attribute: ['object', 'attribute'] } as const;

/** `a == b`, `a in b`; of a chain (`a < b < c`) the first link. */
function comparison(node: Node) {
  const [left, right] = named(node);
  return left && right ? readOperator(between(node, left, right), left, right) : undefined;
}

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
  textOf: (node) =>
    node
      .text()
      .replace(/^[rbfuRBFU]*("""|'''|"|')|("""|'''|"|')$/g, '')
      .replace(/\{[^}]*\}/g, ' '),
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
    list,
    tuple: list,
    set: list,
    expression_list: list,
    list_splat: through,
    dictionary: map,
    pair: pair(),
    keyword_argument: pair('name', 'value'),
    attribute: member('object', 'attribute'),
    subscript: index('value', 'subscript'),
    call: call('function', 'arguments', members),
    assignment: binding('left', 'right', 'type'),
    named_expression: binding('name', 'value'),
    default_parameter: binding('name', 'value'),
    typed_default_parameter: binding('name', 'value', 'type'),
    case_pattern: through,
    union_pattern: through,
    case_clause: (node) => ({ is: 'case', subject: nearest(node, 'match_statement')?.field('subject') ?? undefined }),
    import_statement: silent,
    import_from_statement: silent,
    raise_statement: silent,
    assert_statement: silent,
    function_definition: scope(),
    class_definition: scope(),
    lambda: () => undefined,
    // A string that stands alone is documentation.
    expression_statement: (node) => (named(node)[0]?.kind() === 'string' ? { is: 'silent' } : undefined),
  },
};
