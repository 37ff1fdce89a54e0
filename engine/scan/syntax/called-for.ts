import { callRoles } from './calls.ts';
import { textOf } from './covers.ts';
import type { Shape } from './language.ts';

export const isEnvironment = (text: string): boolean =>
  /(^|[.:$>\s_])(env|environ|environment|_env|_server|import\.meta\.env|process\.env|config|settings|secrets|vars|configuration)\W*$/i.test(
    text,
  ) || /getenv|environ|process\.env/i.test(text);

const LOGS =
  /(^|[.:>\s$@])(log|logs|logger|logging|slog|zap|logrus|console|winston|pino|sentry|bugsnag|rollbar|stdout|stderr|fmt(?!\.sprint)|system\.out|system\.err|debug|tracing|audit_?log(ger)?|honeybadger|newrelic|_logger|telemetry|span|klog|glog)\s*(\.|::|->|!|\[|\()/i;

export const isLog = (callee: string, roles: readonly string[]): boolean =>
  roles.includes('silent') || LOGS.test(`${callee}(`);

/** What it is given is only words: it is logged, shown or thrown. */
export const isSaid = ({ name, receiver }: Extract<Shape, { is: 'call' }>): boolean =>
  isLog(receiver ? `${textOf(receiver)}.${name}` : name, callRoles(name));
