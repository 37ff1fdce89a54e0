import { type Place, topOf } from '../diagnostic.ts';
import type { Answer, RepositorySettings } from './repository-settings.ts';
import type { Finding } from './rule.ts';
import type { Setup } from './setup.ts';

/** Settings are in no file: the page on which they are changed stands for one. */
const settingsPage = ({ repository }: Pick<RepositorySettings, 'repository'>, page: string): Place =>
  topOf(`github.com/${repository}/settings/${page}`);

/**
 * Judges one part of the settings. Where it could not be read that is said, because nobody can tell then whether it is
 * safe; where GitHub was not asked at all, `unaskedSettings` says so once.
 */
export function* judgeSettings<T>(
  { settings }: Setup,
  { of, page, what }: { of: (settings: RepositorySettings) => Answer<T>; page: string; what: string },
  judge: (value: T, at: Place, settings: RepositorySettings) => Iterable<Finding>,
): Generator<Finding> {
  if (!settings) return;
  const at = settingsPage(settings, page);
  const answer = of(settings);
  if ('value' in answer) yield* judge(answer.value, at, settings);
  else
    yield {
      message: `${what} could not be read (${answer.unread})`,
      at,
      severity: 'note',
      fix: 'run it with the token of an admin, or look there yourself',
    };
}
