/** What is asked of everybody's files, by key, without reading any of them. */

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** What one file answers under one key. Both texts may hold anything; many rows may have the same key, and even the same path. */
export interface Row {
  key: string;
  path: string;
  value?: JsonValue;
}

/** Rows by key, wherever they lie. */
export interface Rows {
  /** All that have exactly this key, sorted by path; those of one file by the JSON of their values. */
  find(key: string): readonly Row[];
  /** All whose key begins so, sorted by key, then by path. */
  startingWith(prefix: string): Iterable<Row>;
}
