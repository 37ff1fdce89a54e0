/** What the doctor looks at: a repository, as values. */

import type { Keyset } from '../../runtime/snapshot/keyset.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Model } from '../model.ts';
import type { SourceFile } from '../source-file.ts';
import type { RepositorySettings } from './repository-settings.ts';
import type { CompositeAction, Workflow } from './workflow.ts';

export interface GitFacts {
  /** As the remote or GitHub says it; absent where nobody does. */
  defaultBranch?: string;
  /** The clone lacks history. */
  isShallow: boolean;
  /** Every file git knows, by its path from the top of the git repository. */
  tracked: ReadonlySet<string>;
}

/** The keysets of the keys folder, oldest first; none with `trouble`, which says why they cannot be trusted. */
export interface KeyFacts {
  keysets: readonly Keyset[];
  trouble?: { message: string; help?: string };
  /** Milliseconds since 1970. */
  now: number;
}

export interface Setup {
  /**
   * Files about the repository itself (workflows, CODEOWNERS, package.json …), by their path from the top of the git
   * repository; `path` in them is how people are told of them, from the root that is asked about.
   */
  files: ReadonlyMap<string, SourceFile>;
  workflows: readonly Workflow[];
  actions: readonly CompositeAction[];
  model: Model;
  git: GitFacts;
  keys: KeyFacts;
  /** Where the terms lie in the git repository: empty, or a folder with `/` at its end. */
  folder: string;
  /** What GitHub says; absent where nobody asked it. */
  settings?: RepositorySettings;
  /** What of `schemas/generated/` is not what the settings say now; absent where the code was not run. */
  staleSchemas?: readonly Diagnostic[];
}
