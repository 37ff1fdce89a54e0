import type { Setting } from '../../schemas/setting.ts';

/** Plain data exactly as it is parsed from the files; days are `YYYY-MM-DD`. */
export type Value = boolean | number | string | readonly string[];
export type Values = Record<string, Value>;
export type Tree = { [key: string]: unknown };

export interface PlanData {
  name?: string;
  rank: number;
  settings?: Values;
  price: {
    free?: boolean;
    units?: Record<string, { amount: string; min?: number; max?: number }>;
    [key: string]: unknown;
  };
  standardTerms?: Tree;
  becomes?: { plan: string; on: string };
  [key: string]: unknown;
}
export interface AddOnOnMenu {
  plans: string[];
  sets?: Values;
  adds?: Record<string, number>;
  terms?: Tree;
  dependsOn?: string[];
  excludes?: string[];
  min?: number;
  max?: number;
  step?: number;
  [key: string]: unknown;
}
export interface StagePolicy {
  set?: Values;
  days?: number | 'never';
  plan?: string;
  [paymentMethod: string]: unknown;
}
export interface World {
  settings: Record<string, Setting>;
  /** By reference with version: `studio@2`. */
  plans: Record<string, PlanData>;
  menu: { addOns?: Record<string, AddOnOnMenu>; [key: string]: unknown };
  lifecycle: { stages: Record<string, StagePolicy> };
  roles: { roles: Record<string, { may: string[] }> };
}
export interface Amendment {
  on: string;
  plan?: string;
  quantities?: Record<string, number | 'unset'>;
  billing?: Tree;
  support?: Tree;
  ends?: string;
  renewal?: Tree | 'unset';
  because?: string;
}
export interface Trial {
  kind: 'trial' | 'pilot';
  plan: string;
  starts: string;
  ends: string;
  quantities?: Record<string, number>;
  billing?: Tree;
  support?: Tree;
  [key: string]: unknown;
}
export interface Contract {
  id: string;
  plan: string;
  starts: string;
  ends?: string;
  renewal?: Tree;
  quantities?: Record<string, number>;
  billing?: Tree;
  support?: Tree;
  amendments?: Amendment[];
  [key: string]: unknown;
}
export interface Status {
  stage: string;
  since: string;
  until?: string;
  because?: string;
}
export interface AddOn {
  id: string;
  quantity?: number;
  starts?: string;
  ends?: string;
}
export interface AccessRule {
  action: string;
  group?: string;
  approver?: string;
  only?: string[];
}
export type Answered = 'keep' | 'drop' | 'ask' | 'block';
export interface Exception {
  id: string;
  decision: string;
  set?: Values;
  add?: Record<string, number>;
  access?: AccessRule[];
  terms?: Tree;
  starts?: string;
  expires?: string;
  onUpgrade?: Answered;
  onDowngrade?: Answered;
  onLapse?: Answered;
  [key: string]: unknown;
}
export interface CustomerData {
  name: string;
  plan: string;
  staysOn?: string;
  quantities?: Record<string, number>;
  billing?: Tree;
  support?: Tree;
  amendments?: Amendment[];
  trials?: Trial[];
  contracts?: Contract[];
  statuses?: Status[];
  addOns?: AddOn[];
  access?: { groups: { name: string; roles?: string[]; may?: string[] }[] };
  exceptions?: Exception[];
  [key: string]: unknown;
}
