/** The map that lies in a map of maps; an empty one from now on where there was none. */
export function among<Key, Of, Value>(all: Map<Key, Map<Of, Value>>, key: Key): Map<Of, Value> {
  let found = all.get(key);
  if (!found) {
    found = new Map();
    all.set(key, found);
  }
  return found;
}
