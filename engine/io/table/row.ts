export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** What one file answers under one key. Both texts may hold anything; many rows may have the same key, and even the same path. */
export interface Row {
  key: string;
  path: string;
  value?: JsonValue;
}
