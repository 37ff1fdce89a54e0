import { formCases } from './form-cases.ts';
import type { HeadCase } from './head-case.ts';
import { keyCases } from './key-cases.ts';
import { orderCases } from './order-cases.ts';

export const headCases: readonly HeadCase[] = [...formCases, ...orderCases, ...keyCases];
