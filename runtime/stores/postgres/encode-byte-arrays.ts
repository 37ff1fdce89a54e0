const BYTEA = 17;
const headerBytes = 20;

/**
 * `bytea[]` in the format PostgreSQL itself works with; the client writes arrays as text in hex, twice as long and
 * parsed on both ends.
 */
export function encodeByteArrays(values: readonly Uint8Array[]): Buffer {
  const size = values.reduce((sum, { length }) => sum + 4 + length, headerBytes);
  const out = Buffer.allocUnsafe(size);
  const dimensions = 1;
  const hasNulls = 0;
  const firstIndex = 1;
  let at = 0;
  for (const field of [dimensions, hasNulls, BYTEA, values.length, firstIndex]) at = out.writeInt32BE(field, at);
  for (const value of values) {
    at = out.writeInt32BE(value.length, at);
    out.set(value, at);
    at += value.length;
  }
  return out;
}
