import { readDocument } from '../../engine/document.ts';

/** Reads a text, or bytes, as the file `customers/acme.yaml`. */
export const read = (content: string | Uint8Array): ReturnType<typeof readDocument> =>
  readDocument({
    path: 'customers/acme.yaml',
    bytes: typeof content === 'string' ? Buffer.from(content) : content,
    oid: '',
  });

/** `line:column rule` of every problem. */
export const faults = (content: string | Uint8Array): string[] =>
  read(content).diagnostics.map(({ rule, at }) => `${at.start.line}:${at.start.column} ${rule}`);
