import type { RequestLimit } from './limit-requests.ts';

/** What is needed of a response of `node:http`. */
export interface NodeResponse {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(text: string): unknown;
}

/**
 * For `node:http`: true when the request may go on; else it has been answered.
 *
 * Throws what `limitRequests` says.
 */
export function forNode<Request>(
  limit: RequestLimit<Request>,
): (request: Request, response: NodeResponse) => Promise<boolean> {
  return async (request, response) => {
    const { headers, refusal } = await limit(request);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (!refusal) return true;
    response.statusCode = refusal.status;
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.end(JSON.stringify(refusal.body));
    return false;
  };
}
