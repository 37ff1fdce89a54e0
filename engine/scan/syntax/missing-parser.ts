import { list } from '../../report/list.ts';
import { UsageError } from '../../usage-error.ts';

/** What there is to do before some languages can be read. */
export interface Remedies {
  /** Packages to install: `@ast-grep/lang-go@0.0.6`. */
  install: readonly string[];
  /** Packages that were installed without their scripts, which put the parser in its place. */
  rebuild: readonly string[];
}

/** Languages that could not be read, because their parsers are not installed. */
export class MissingParser extends UsageError {
  readonly titles: readonly string[];
  readonly remedies: Remedies;

  constructor(titles: readonly string[], remedies: Remedies) {
    const { install, rebuild } = remedies;
    const help = [
      install.length > 0 && `npm install --save-dev --save-exact ${install.join(' ')}`,
      rebuild.length > 0 && `npm rebuild ${rebuild.join(' ')}`,
    ];
    super(
      `there is source in ${list(titles)} that may name accounts, and no parser to read it with`,
      help.filter(Boolean).join(' && '),
    );
    this.titles = titles;
    this.remedies = remedies;
  }
}
