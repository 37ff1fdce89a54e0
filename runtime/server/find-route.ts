import type { Route } from './route.ts';

/** The routes of one path, by their methods; the path of each names its parts in its own words. */
export interface Place {
  readonly path: string;
  readonly methods: ReadonlyMap<string, Routed>;
  /** For the header `Allow`. */
  readonly allow: string;
}

export interface Routed {
  route: Route;
  /** What the route calls the parts of the path that are not fixed, in order. */
  names: readonly string[];
}

interface Branch {
  words: Map<string, Branch>;
  any?: Branch;
  place?: Place & { methods: Map<string, Routed>; allow: string };
}

const newBranch = (): Branch => ({ words: new Map() });

/** Finds the place of a path, and collects into `values` the parts that are not fixed. A fixed part goes before any other. */
export function routeTable(
  routes: readonly Route[],
): (parts: readonly string[], values: string[]) => Place | undefined {
  const root = newBranch();
  for (const route of routes) plant(root, route);
  return (parts, values) => {
    let branch = root;
    for (const part of parts) {
      let next = branch.words.get(part);
      if (!next && branch.any && part !== '') {
        next = branch.any;
        values.push(part);
      }
      if (!next) return undefined;
      branch = next;
    }
    return branch.place;
  };
}

function plant(root: Branch, route: Route): void {
  const names: string[] = [];
  let branch = root;
  for (const part of route.path.split('/').slice(1)) {
    if (part.startsWith(':')) {
      names.push(part.slice(1));
      branch.any ??= newBranch();
      branch = branch.any;
    } else {
      const next = branch.words.get(part) ?? newBranch();
      branch.words.set(part, next);
      branch = next;
    }
  }
  branch.place ??= { path: route.path, methods: new Map(), allow: '' };
  const { methods } = branch.place;
  if (methods.has(route.method)) throw new Error(`two routes answer ${route.method} ${route.path}`);
  methods.set(route.method, { route, names });
  if (route.method === 'GET') methods.set('HEAD', { route, names });
  branch.place.allow = [...methods.keys()].join(', ');
}
