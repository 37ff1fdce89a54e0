import { runGit } from './run-git.ts';

export interface EditOfFile {
  commit: string;
  /** The day it was written. */
  day: string;
  author: string;
  subject: string;
}

const BETWEEN = '\u001f';
const HOW = ['--full-history', '-c', '--name-only', '--no-show-signature', '--no-color', '--encoding=UTF-8'];

/** The commits after `since`, up to HEAD, that touched a file of one of these customers, wherever below customers/ it lay; newest first. */
export async function editsOfCustomer(root: string, since: string, ids: readonly string[]): Promise<EditOfFile[]> {
  const format = `--format=tformat:${['%H', '%as', '%an', '%s'].join('%x1f')}`;
  const listed = await runGit(root, ['log', ...HOW, format, `${since}..HEAD`, '--', 'customers']);
  // git puts a path with unusual characters between quotes.
  const isIt = (line: string) => ids.some((id) => line.replace(/"$/, '').endsWith(`/${id}.yaml`));
  const edits: EditOfFile[] = [];
  let commit: EditOfFile | undefined;
  for (const line of listed.split('\n')) {
    const [id = '', day = '', author = '', ...subject] = line.split(BETWEEN);
    if (day !== '') commit = { commit: id, day, author, subject: subject.join(' ') };
    else if (commit && isIt(line) && edits.at(-1) !== commit) edits.push(commit);
  }
  return edits;
}
