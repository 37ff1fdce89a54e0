import { repositoryName } from '../engine/io/git.ts';
import type { Context } from './command.ts';

const names = new WeakMap<object, Promise<string>>();

/** What the repository of a command is called; git is asked once a command. */
export function repositoryNameOf(context: Pick<Context, 'root'>): Promise<string> {
  const known = names.get(context) ?? repositoryName(context.root);
  names.set(context, known);
  return known;
}
