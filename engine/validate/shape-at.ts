import type { z } from 'zod';
import type { Pointer } from '../document.ts';

type Schema = z.core.$ZodType;
type Definition = z.core.$ZodTypes['_zod']['def'];
type Keyed = Readonly<Record<string, Schema>>;

const definitionOf = (schema: Schema) => (schema as z.core.$ZodTypes)._zod.def as Definition;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a place, if there is one. Own keys only. */
export function valueAt(data: unknown, pointer: Pointer): unknown {
  let value = data;
  for (const part of pointer) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}

/** The schema of the value at a place, narrowed to the branches that the data chose. */
export function shapeAt(schema: Schema, data: unknown, pointer: Pointer): Schema | undefined {
  let shape: Schema | undefined = narrow(schema, data);
  let value = data;
  for (const part of pointer) {
    const child: Schema | undefined = shape && childOf(shape, part);
    value = valueAt(value, [part]);
    shape = child && narrow(child, value);
  }
  return shape;
}

/** The keys an object may have, with their schemas; nothing for everything else. */
export function keysOf(schema: Schema | undefined): Keyed {
  const definition = schema && definitionOf(unwrap(schema));
  return definition?.type === 'object' ? definition.shape : {};
}

/** Other branches that know the key: the words of their discriminator. */
export function otherBranches(
  schema: Schema,
  data: unknown,
  pointer: Pointer,
  key: string,
): { discriminator: string; words: string[] } | undefined {
  const parent = pointer.length === 0 ? undefined : shapeAt(schema, data, pointer.slice(0, -1));
  const union = parent && childOf(parent, pointer.at(-1) ?? '');
  const definition = union && definitionOf(unwrap(union));
  if (definition?.type !== 'union' || !('discriminator' in definition)) return undefined;
  const discriminator = String(definition.discriminator);
  const words = definition.options
    .filter((option) => Object.hasOwn(keysOf(option), key))
    .flatMap((option) => literals(keysOf(option)[discriminator]));
  return words.length > 0 ? { discriminator, words } : undefined;
}

/** Words that may stand in place of a value: `contract` beside a day. `unset` may stand nearly everywhere, and is not told. */
export function wordsAt(schema: Schema, data: unknown, pointer: Pointer): string[] {
  const parent = pointer.length === 0 ? undefined : shapeAt(schema, data, pointer.slice(0, -1));
  const child = parent && childOf(parent, pointer.at(-1) ?? '');
  const definition = child && definitionOf(unwrap(child));
  if (definition?.type !== 'union' || 'discriminator' in definition) return [];
  return definition.options.flatMap(literals).filter((word) => word !== 'unset');
}

function unwrap(schema: Schema): Schema {
  const definition = definitionOf(schema);
  return definition.type === 'optional' ? unwrap(definition.innerType) : schema;
}

function childOf(schema: Schema, part: string | number): Schema | undefined {
  const definition = definitionOf(schema);
  if (definition.type === 'array') return definition.element;
  if (definition.type === 'record') return definition.valueType;
  if (definition.type === 'object' && Object.hasOwn(definition.shape, part)) return definition.shape[part];
  return undefined;
}

function narrow(schema: Schema, value: unknown): Schema {
  const inner = unwrap(schema);
  const definition = definitionOf(inner);
  if (definition.type !== 'union') return inner;
  const fit = (option: Schema) =>
    fitOf(option, value, 'discriminator' in definition ? String(definition.discriminator) : undefined);
  const [best] = [...definition.options].sort((one, other) => fit(other) - fit(one));
  return best && fit(best) > 0 ? narrow(best, value) : inner;
}

/** How well an option of a union fits: 0 not at all; objects by the keys they share. */
function fitOf(option: Schema, value: unknown, discriminator: string | undefined): number {
  const definition = definitionOf(unwrap(option));
  if (definition.type === 'union') return Math.max(...definition.options.map((part) => fitOf(part, value, undefined)));
  if (definition.type === 'array') return Array.isArray(value) ? 1 : 0;
  if (!isObject(value)) return 0;
  if (definition.type === 'record') return 1;
  if (definition.type !== 'object') return 0;
  if (discriminator) return literals(definition.shape[discriminator]).includes(String(value[discriminator])) ? 1 : 0;
  return 1 + Object.keys(value).filter((key) => Object.hasOwn(definition.shape, key)).length;
}

function literals(schema: Schema | undefined): string[] {
  const definition = schema && definitionOf(unwrap(schema));
  return definition?.type === 'literal' ? definition.values.map(String) : [];
}
