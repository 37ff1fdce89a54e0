import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';

export interface Node {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

/** `value` is loaded with the file, `lazy` when a line runs, `type` never. */
export type ImportKind = 'value' | 'lazy' | 'type';

export interface Import {
  /** A path from the repository's root, `node:fs`, or a package's name. */
  to: string;
  kind: ImportKind;
  line: number;
}

/** A source file as a parser sees it. */
export interface Module {
  path: string;
  text: string;
  lines: number;
  body: readonly Node[];
  comments: readonly { value: string; line: number }[];
  imports: readonly Import[];
  /** Calls back for every node with the one it stands in and the field it stands under, outermost first. */
  walk(visit: (node: Node, parent: Node | undefined, field: string) => void): void;
  lineOf(node: { start: number }): number;
}

/** Throws where the parser finds no program in the text. */
export function readModule(path: string, text: string): Module {
  const { program, comments, errors } = parseSync(path, text);
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0]?.message}`);
  const root = program as unknown as Node;
  const lineOf = ({ start }: { start: number }): number => text.slice(0, start).split('\n').length;
  const walk: Module['walk'] = (visit) => walkNode(root, undefined, '', visit);
  const imports: Import[] = [];
  walk((node) => {
    const kind = importKindOf(node);
    const source = kind && (node.source as { value?: unknown } | null);
    if (kind && source && typeof source.value === 'string')
      imports.push({ to: resolveImport(path, source.value), kind, line: lineOf(node) });
  });
  return {
    path,
    text,
    lines: text.trimEnd().split('\n').length,
    body: root.body as Node[],
    comments: comments.map((comment) => ({ value: comment.value, line: lineOf(comment) })),
    imports,
    walk,
    lineOf,
  };
}

function importKindOf({ type, importKind, exportKind }: Node): ImportKind | undefined {
  // `import { type A }` still loads the file; only `import type` does not.
  if (type === 'ImportDeclaration') return importKind === 'type' ? 'type' : 'value';
  if (type === 'ExportNamedDeclaration' || type === 'ExportAllDeclaration')
    return exportKind === 'type' ? 'type' : 'value';
  if (type === 'ImportExpression') return 'lazy';
  return type === 'TSImportType' ? 'type' : undefined;
}

function resolveImport(from: string, to: string): string {
  if (to.startsWith('.')) return posix.join(posix.dirname(from), to);
  if (to.startsWith('node:')) return to.split('/')[0] ?? to;
  return to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/');
}

function walkNode(
  node: Node,
  parent: Node | undefined,
  field: string,
  visit: (node: Node, parent: Node | undefined, field: string) => void,
): void {
  visit(node, parent, field);
  for (const [name, value] of Object.entries(node))
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walkNode(child, node, name, visit);
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value;
