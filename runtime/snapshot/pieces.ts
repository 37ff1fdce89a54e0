/** Bytes of the first piece and of the largest: few small things do not hold much, and many hold large ones. */
const [FIRST, LARGEST] = [65_536, 1_048_576];

/**
 * Gives room for bytes, not cleared, of which small ones share pieces of memory: a piece of its own costs a file or an object
 * about as much as making it. Whoever keeps one keeps its piece, so what is shared should come and go together.
 */
export function pieces(): (length: number) => Buffer {
  let piece = Buffer.alloc(0);
  let used = 0;
  return (length) => {
    if (length > FIRST / 2) return Buffer.allocUnsafeSlow(length);
    if (used + length > piece.length) {
      piece = Buffer.allocUnsafeSlow(Math.min(Math.max(2 * piece.length, FIRST), LARGEST));
      used = 0;
    }
    used += length;
    return piece.subarray(used - length, used);
  };
}
