/** Every kind of file and where it lies. A new kind is one line here and one shape in `shapes.ts`. */

export interface Kind {
  /** Where its files lie: a folder for many, a path for one. */
  files: { folder: 'customers' | 'plans' } | { path: string };
}

export const kinds = {
  customer: { files: { folder: 'customers' } },
  plan: { files: { folder: 'plans' } },
  menu: { files: { path: 'policies/menu.yaml' } },
  lifecycle: { files: { path: 'policies/lifecycle.yaml' } },
  roles: { files: { path: 'policies/roles.yaml' } },
  onboarding: { files: { path: 'policies/onboarding.yaml' } },
  publish: { files: { path: 'policies/publish.yaml' } },
  approvals: { files: { path: 'policies/approvals.yaml' } },
  approvers: { files: { path: 'policies/approvers.yaml' } },
  checks: { files: { path: 'policies/checks.yaml' } },
  scan: { files: { path: 'policies/scan.yaml' } },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;

export const kindNames = Object.keys(kinds) as KindName[];

/** Keys of the language that are reserved; a file that uses one is refused. */
export const reservedKeys: Readonly<Partial<Record<KindName, readonly string[]>>> = {
  customer: ['parent'],
};
