const kinds = ['file', 'account', 'exception'] as const;
type Kind = (typeof kinds)[number];

/** Names that each belong to one file, as far as some files have been gone through. Plain data: a thread can hand it to another. */
export interface Claims {
  customers: number;
  /** Paths of files that have to be read again, because only with others can it be said what is wrong with them. */
  again: Set<string>;
  /** The first path that has each name, in lower case: the others clash with it. */
  first: Readonly<Record<Kind, Map<string, string>>>;
}

/** Claims of files that are gone through in the order of their paths. */
export function claimNames(): Claims & { claim(kind: Kind, name: string, path: string): void } {
  const first = { file: new Map(), account: new Map(), exception: new Map() };
  const again = new Set<string>();
  return {
    customers: 0,
    again,
    first,
    claim(kind, name, path) {
      claimFirst(first[kind], again, name.toLowerCase(), path);
    },
  };
}

function claimFirst(first: Map<string, string>, again: Set<string>, name: string, path: string): void {
  const earlier = first.get(name);
  if (earlier === undefined) first.set(name, path);
  else again.add(path).add(earlier);
}

/** What the claims of parts come to, which lie one after the other; also who has another's id for an account. */
export function joinClaims([one, ...others]: readonly [Claims, ...Claims[]]): Pick<Claims, 'customers' | 'again'> {
  const { first, again } = one;
  let { customers } = one;
  for (const other of others) {
    customers += other.customers;
    for (const path of other.again) again.add(path);
    for (const kind of kinds) for (const [name, path] of other.first[kind]) claimFirst(first[kind], again, name, path);
  }
  for (const [account, path] of first.account) {
    const namesake = first.file.get(account);
    if (namesake !== undefined && namesake !== path) again.add(path).add(namesake);
  }
  return { customers, again };
}
