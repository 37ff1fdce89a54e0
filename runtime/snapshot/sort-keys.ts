const FEW = 32;

/**
 * Sorts an object's keys by UTF-16 code unit, in place. Few keys, most of them in their places: to move one at a time takes a
 * fraction of what sorting in general does.
 */
export function sortKeys(keys: string[]): string[] {
  if (keys.length > FEW) return keys.sort();
  for (let index = 1; index < keys.length; index += 1) {
    const key = keys[index] as string;
    let place = index;
    for (; place > 0 && (keys[place - 1] as string) > key; place -= 1) keys[place] = keys[place - 1] as string;
    keys[place] = key;
  }
  return keys;
}
