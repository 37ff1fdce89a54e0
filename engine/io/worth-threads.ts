import { availableParallelism } from 'node:os';

/** Up to so many customers one thread goes through: another takes about as long to start as it saves with these. */
export const ALONE = 10_000;

/** Whether so many customers are gone through sooner by more threads than this one. */
export const worthThreads = (customers: number, alone = ALONE): boolean =>
  customers > alone && availableParallelism() > 1;
