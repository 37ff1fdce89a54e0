import type { Route } from './route.ts';
import { accountRoute } from './routes/account.ts';
import { customerRoute } from './routes/customer.ts';
import { explainRoute } from './routes/explain.ts';
import { settingRoute } from './routes/setting.ts';

/** What products ask; a new one is a file and a line here. */
export const routes: readonly Route[] = [customerRoute, settingRoute, explainRoute, accountRoute];
