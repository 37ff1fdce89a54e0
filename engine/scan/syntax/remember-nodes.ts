import type { Node, Spot } from './language.ts';

/**
 * The tree below a node, each of whose answers is asked for once: they come from another language, at a price, and the ways up from
 * literals that stand together are nearly the same. The same place is the same object each time, for as long as the tree is held.
 */
export function rememberNodes(root: Node): Node {
  return new Remembered(root, new Map());
}

type Known = Map<number, Remembered>;

class Remembered implements Node {
  shapes: Node['shapes'] = undefined;
  readonly #node: Node;
  readonly #known: Known;
  readonly #id: number;
  #kind: string | undefined;
  #text: string | undefined;
  #range: { start: Spot; end: Spot } | undefined;
  #isNamed: boolean | undefined;
  #parent: Node | null | undefined;
  #children: Node[] | undefined;
  #fields: Map<string, Node | null> | undefined;

  constructor(node: Node, known: Known, id = node.id()) {
    this.#node = node;
    this.#known = known;
    this.#id = id;
    known.set(id, this);
  }

  #of(node: Node): Node {
    const id = node.id();
    return this.#known.get(id) ?? new Remembered(node, this.#known, id);
  }

  #ofOne(node: Node | null): Node | null {
    return node && this.#of(node);
  }

  #ofAll(nodes: readonly Node[]): Node[] {
    return nodes.map((node) => this.#of(node));
  }

  id(): number {
    return this.#id;
  }

  kind(): string {
    this.#kind ??= this.#node.kind();
    return this.#kind;
  }

  text(): string {
    this.#text ??= this.#node.text();
    return this.#text;
  }

  range(): { start: Spot; end: Spot } {
    this.#range ??= this.#node.range();
    return this.#range;
  }

  isNamed(): boolean {
    this.#isNamed ??= this.#node.isNamed();
    return this.#isNamed;
  }

  parent(): Node | null {
    if (this.#parent === undefined) this.#parent = this.#ofOne(this.#node.parent());
    return this.#parent;
  }

  children(): Node[] {
    this.#children ??= this.#ofAll(this.#node.children());
    return this.#children;
  }

  field(name: string): Node | null {
    this.#fields ??= new Map();
    let found = this.#fields.get(name);
    if (found === undefined) {
      found = this.#ofOne(this.#node.field(name));
      this.#fields.set(name, found);
    }
    return found;
  }

  fieldChildren(name: string): Node[] {
    return this.#ofAll(this.#node.fieldChildren(name));
  }

  findAll(matcher: object): Node[] {
    return this.#ofAll(this.#node.findAll(matcher));
  }

  prev(): Node | null {
    return this.#ofOne(this.#node.prev());
  }

  next(): Node | null {
    return this.#ofOne(this.#node.next());
  }
}
