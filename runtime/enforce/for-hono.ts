import type { RequestLimit } from './limit-requests.ts';

/** What is needed of a context of Hono. */
export interface HonoContext {
  header(name: string, value: string): void;
  json(body: object, status: 429 | 503): Response;
}

/** For Hono; `customerOf` and `cost` are given its context. What goes wrong is given to `app.onError`. */
export function forHono<Context extends HonoContext>(
  limit: RequestLimit<Context>,
): (context: Context, next: () => Promise<void>) => Promise<Response | undefined> {
  return async (context, next) => {
    const { headers, refusal } = await limit(context);
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    if (refusal) return context.json(refusal.body, refusal.status);
    await next();
    return undefined;
  };
}
