import { isMap, isScalar, isSeq, parseDocument } from 'yaml';

/**
 * The same text through another parser (YAML 1.2 core), as `readDocument` would give it: keys as they are written.
 * Whole numbers come as they are exact, so that a rounded one cannot look equal.
 */
export function readWithYaml(text: string): { value: unknown } | { error: string } {
  const document = parseDocument(text.replace(/^\ufeff/, ''), {
    version: '1.2',
    schema: 'core',
    uniqueKeys: true,
    intAsBigInt: true,
    logLevel: 'silent',
  });
  const [error] = document.errors;
  return error ? { error: `${error.code}: ${error.message}` } : { value: toValue(document.contents) };
}

function toValue(node: unknown): unknown {
  if (isScalar(node)) {
    if (typeof node.value !== 'bigint') return node.value;
    return BigInt(Number(node.value)) === node.value ? Number(node.value) : node.value;
  }
  if (isSeq(node)) return node.items.map(toValue);
  if (isMap(node)) return Object.fromEntries(node.items.map(({ key, value }) => [keyOf(key), toValue(value)]));
  return node === null ? null : `unexpected ${String(node)}`;
}

/** A key as the text it is: `1.0` stays `1.0`. */
export function keyOf(key: unknown): string {
  if (!isScalar(key)) return '';
  return key.type === 'PLAIN' ? (key.source ?? '') : String(key.value);
}
