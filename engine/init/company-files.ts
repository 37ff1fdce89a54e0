import { type Company, forCompany } from './for-company.ts';

/** A file by its path, relative to the root it belongs to. */
export interface TextFile {
  path: string;
  text: string;
}

/** Where templates lie in the package; what is below is where it will be in the repository. */
const TEMPLATES = 'templates/';

/** The files a company's repository begins with, by path; what is generated from its settings comes later. */
export function companyFiles(shipped: readonly TextFile[], company: Company): TextFile[] {
  return shipped
    .map(({ path, text }) => ({ path: pathIn(path), text: forCompany(text, company) }))
    .filter(({ text }) => text.trim() !== '')
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** A package cannot ship a file named `.gitignore`. */
const pathIn = (path: string): string =>
  (path.startsWith(TEMPLATES) ? path.slice(TEMPLATES.length) : path).replace(/^gitignore$/, '.gitignore');

/** A name that a package may have, from that of a folder. */
export const packageName = (folder: string): string =>
  folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'customer-terms';
