import { list } from '../../report/list.ts';
import { UsageError } from '../../usage-error.ts';

/** Languages that could not be read, because their parsers are not installed. */
export class MissingParser extends UsageError {
  readonly titles: readonly string[];
  /** What to install: `@ast-grep/lang-go@0.0.6`. */
  readonly packages: readonly string[];

  constructor(titles: readonly string[], packages: readonly string[]) {
    super(
      `there is source in ${list(titles)} that may name accounts, and no parser to read it with`,
      `npm install --save-dev --save-exact ${packages.join(' ')}`,
    );
    this.titles = titles;
    this.packages = packages;
  }
}
