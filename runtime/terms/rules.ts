import type { Value } from './timeline.ts';

/** A base role: what it lets one do, whoever the customer is. */
export interface Role {
  label?: string;
  description?: string;
  may: readonly string[];
}

/** When a detail is asked for: a setting, a term or the plan says so. */
export type DetailNeed =
  | { setting: string; is: Value }
  | { term: string; is: Value }
  | { plan: string | readonly string[] };

/** Something a customer is asked when it starts. */
export interface Detail {
  label?: string;
  description?: string;
  type: 'text' | 'email' | 'url' | 'phone' | 'number' | 'day' | 'yesNo';
  when?: DetailNeed;
}

/** What holds for every customer of a release, as its policies say. */
export interface Rules {
  roles: Readonly<Record<string, Role>>;
  onboarding: Readonly<Record<string, Detail>>;
  /** What each stage of a customer's life sets. */
  lifecycle: Readonly<Record<string, unknown>>;
}
