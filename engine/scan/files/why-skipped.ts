/** Why a file by its place or name is no product source. */
export type NoSource =
  | 'test'
  | 'fixture'
  | 'mock'
  | 'documentation'
  | 'translation'
  | 'style'
  | 'vendored'
  | 'generated'
  | 'lock file'
  | 'tooling'
  | 'excluded'
  | 'not a language';

/** Why a file was not looked at. */
export type WhySkipped =
  | NoSource
  | 'symbolic link'
  | 'submodule'
  | 'nested repository'
  | 'not a file'
  | 'unreadable'
  | 'binary'
  | 'too large';
