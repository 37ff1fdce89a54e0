/** The shape of every kind of file, in zod. Apart from `kinds.ts`, so that a command which needs no zod does not load it. */
import type { z } from 'zod';
import { approvalsOf, approvers, checks } from './approvals.ts';
import { customerOf } from './customer.ts';
import type { KindName } from './kinds.ts';
import { planOf } from './plan.ts';
import { lifecycleOf, menuOf, onboardingOf, publish, roles } from './policies.ts';
import { scan } from './scan.ts';
import type { SettingFields } from './setting-fields.ts';

export const shapes: Readonly<Record<KindName, (fields: SettingFields) => z.ZodType>> = {
  customer: customerOf,
  plan: planOf,
  menu: menuOf,
  lifecycle: lifecycleOf,
  roles: () => roles,
  onboarding: onboardingOf,
  publish: () => publish,
  approvals: approvalsOf,
  approvers: () => approvers,
  checks: () => checks,
  scan: () => scan,
};
