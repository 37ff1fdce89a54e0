/** A file as it lies in the working tree or in a commit, before anybody has looked inside. */
export interface SourceFile {
  /** Relative to the repository's root, with `/`. */
  path: string;
  bytes: Uint8Array;
  /** git's blob id; equal ids are equal bytes. */
  oid: string;
}
