/** What a company's own repository is called, and the version of proviso it begins with. */
export interface Company {
  name: string;
  version: string;
}

/**
 * A file of this project as a company's repository has it, so that both have one source. Between `only here` and
 * `/only here`, in a comment of Markdown or YAML, is what only this project has; a line behind `# there:` is what only the
 * others have. What is built and run by npm here is an installed program there.
 */
export function forCompany(text: string, company: Company): string {
  return text
    .replace(/^[ \t]*(?:<!--|#) only here(?: -->)?\n[\s\S]*?^[ \t]*(?:<!--|#) \/only here(?: -->)?\n/gm, '')
    .replace(/<!-- only here -->[\s\S]*?<!-- \/only here -->/g, '')
    .replace(/^([ \t]*)# there: /gm, '$1')
    .replaceAll('npm ci --ignore-scripts && npm run build', 'npm ci --ignore-scripts --omit=dev')
    .replaceAll('npm run -s proviso -- ', 'npx proviso ')
    .replaceAll('{{name}}', company.name)
    .replaceAll('{{version}}', company.version);
}
