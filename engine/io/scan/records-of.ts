export type Records = AsyncGenerator<Buffer, undefined>;

/** What git gives with `-z`: the bytes between zeros, one after the other, however they come in chunks. */
export async function* recordsOf(chunks: AsyncIterable<Buffer>): Records {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, start)) {
      if (end > start) yield bytes.subarray(start, end);
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
  return undefined;
}
