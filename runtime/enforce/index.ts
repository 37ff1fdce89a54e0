/** What a product keeps its customers' limits with: a meter, and middleware for HTTP. */
export { forExpress } from './for-express.ts';
export { forFastify } from './for-fastify.ts';
export { forHono } from './for-hono.ts';
export { forNode } from './for-node.ts';
export {
  limitRequests,
  type RefusalBody,
  type RequestDecision,
  type RequestLimit,
  type RequestLimitOptions,
} from './limit-requests.ts';
export type { Consumed, ConsumeOptions, Meter, Usage } from './meter.ts';
export { MeterError } from './meter-error.ts';
export type { MeterPlace } from './open-counter.ts';
export { type MeterOptions, openMeter } from './open-meter.ts';
