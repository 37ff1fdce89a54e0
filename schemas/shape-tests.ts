/**
 * What validators are made of: each gives a function that says whether a value has a shape. A few functions that are used for
 * everything, rather than code for every shape: an engine makes them fast within some dozen files, code for a whole
 * language only when thousands have been read.
 */

/** True where the value has the shape. What is wrong with one that has not is worded by zod. */
export type ShapeTest = (value: unknown) => boolean;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const anything: ShapeTest = () => true;
export const isTrueOrFalse: ShapeTest = (value) => typeof value === 'boolean';
export const isText: ShapeTest = (value) => typeof value === 'string';

export const textLike =
  (pattern: RegExp): ShapeTest =>
  (value) =>
    typeof value === 'string' && pattern.test(value);

export interface NumberBounds {
  integer?: boolean;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
}

export const numberIn =
  ({ integer = false, minimum, maximum, exclusiveMinimum, exclusiveMaximum }: NumberBounds = {}): ShapeTest =>
  (value) =>
    typeof value === 'number' &&
    (integer ? Number.isInteger(value) : Number.isFinite(value)) &&
    (minimum === undefined || value >= minimum) &&
    (maximum === undefined || value <= maximum) &&
    (exclusiveMinimum === undefined || value > exclusiveMinimum) &&
    (exclusiveMaximum === undefined || value < exclusiveMaximum);

export const oneOf =
  (...values: readonly unknown[]): ShapeTest =>
  (value) =>
    values.includes(value);

export const either =
  (...tests: readonly ShapeTest[]): ShapeTest =>
  (value) => {
    for (const test of tests) if (test(value)) return true;
    return false;
  };

export const listOf =
  (each: ShapeTest, fewest = 0): ShapeTest =>
  (value) => {
    if (!Array.isArray(value) || value.length < fewest) return false;
    for (const item of value) if (!each(item)) return false;
    return true;
  };

/** `other` is what a value must be whose key is not among the properties, and `name` that key; absent: there is no other key. */
export function objectOf(
  properties: Readonly<Record<string, ShapeTest>>,
  required: readonly string[],
  other?: ShapeTest,
  name: ShapeTest = anything,
): ShapeTest {
  const known = new Map(Object.entries(properties));
  return (value) => {
    if (!isObject(value)) return false;
    for (const key of Object.keys(value)) {
      const test = known.get(key) ?? (other && name(key) ? other : undefined);
      if (!test?.(value[key])) return false;
    }
    for (const key of required) if (!Object.hasOwn(value, key)) return false;
    return true;
  };
}

/** Which shape it is, says the word under one key. */
export function branchesOf(property: string, branches: Readonly<Record<string, ShapeTest>>): ShapeTest {
  const known = new Map<unknown, ShapeTest>(Object.entries(branches));
  return (value) => isObject(value) && known.get(value[property])?.(value) === true;
}
