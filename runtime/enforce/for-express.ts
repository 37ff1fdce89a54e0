import { forNode, type NodeResponse } from './for-node.ts';
import type { RequestLimit } from './limit-requests.ts';

/** For Express 4 and 5, and whatever else has middleware of that shape. What goes wrong is given to `next`. */
export function forExpress<Request>(
  limit: RequestLimit<Request>,
): (request: Request, response: NodeResponse, next: (error?: unknown) => void) => Promise<void> {
  const mayGoOn = forNode(limit);
  return async (request, response, next) => {
    let isLetIn: boolean;
    try {
      isLetIn = await mayGoOn(request, response);
    } catch (error) {
      return next(error);
    }
    if (isLetIn) next();
  };
}
