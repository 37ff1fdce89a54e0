import type { Streams } from './events/streams.ts';
import type { Route } from './route.ts';
import { accountRoute } from './routes/account.ts';
import { customerRoute } from './routes/customer.ts';
import { events } from './routes/events.ts';
import { explainRoute } from './routes/explain.ts';
import { ofrepEvents } from './routes/ofrep-events.ts';
import { ofrepFlag } from './routes/ofrep-flag.ts';
import { ofrepFlags } from './routes/ofrep-flags.ts';
import { settingRoute } from './routes/setting.ts';

/** What products ask; a new one is a file and a line here. */
export const routes: readonly Route[] = [customerRoute, settingRoute, explainRoute, accountRoute, ofrepFlag];

/** The same, where it tells of streams or is one. */
export const streamingRoutes = (streams: Streams): readonly Route[] => [
  ofrepFlags(streams),
  events(streams),
  ofrepEvents(streams),
];
