import type { Operating } from './operating.ts';
import type { Route } from './route.ts';
import { healthRoute } from './routes/health.ts';
import { metricsRoute } from './routes/metrics.ts';
import { readyRoute } from './routes/ready.ts';
import { statusRoute } from './routes/status.ts';

/** What those who run the server ask; a new one is a file and a line here. */
export const operatingRoutes = (operating: Operating): Route[] => [
  healthRoute,
  readyRoute(operating),
  statusRoute(operating),
  metricsRoute(operating),
];
