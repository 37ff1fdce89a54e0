import { UsageError } from '../engine/usage-error.ts';

/** `seats=7` or `seats=7,projects=3`, given once or several times. Throws `UsageError` for anything else. */
export function parseQuantities(given: readonly string[]): Record<string, number> {
  const quantities: Record<string, number> = {};
  for (const pair of given.flatMap((text) => text.split(','))) {
    const [, key, amount] = /^([a-z][A-Za-z0-9]*)=(\d+(?:\.\d+)?)$/.exec(pair.trim()) ?? [];
    if (key === undefined || amount === undefined)
      throw new UsageError(`"${pair}" is not a quantity`, 'write a setting and a number, such as `seats=7`');
    quantities[key] = Number(amount);
  }
  return quantities;
}
