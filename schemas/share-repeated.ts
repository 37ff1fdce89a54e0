import type { JsonSchema } from './json-schema.ts';

/** Below this size in characters a copy is shorter and easier to read than a reference. */
const WORTH_SHARING = 120;
const annotations = ['title', 'description', 'markdownDescription'];

/**
 * Moves what a JSON Schema says twice into `$defs` and refers to it; titles and descriptions stay where they are used.
 * Structural, because the same shape made twice is two schemas to zod.
 */
export function shareRepeated(root: JsonSchema): JsonSchema {
  const seen = new Map<string, number>();
  count(root, seen);
  const definitions = new Map<string, { name: string; schema: JsonSchema }>();

  const share = (schema: JsonSchema): JsonSchema => {
    const bare = withoutAnnotations(schema);
    const text = JSON.stringify(bare);
    if (text.length < WORTH_SHARING || (seen.get(text) ?? 0) < 2) return mapSubschemas(schema, share);
    let definition = definitions.get(text);
    if (!definition) {
      definition = { name: nameFor(schema, definitions.size), schema: {} };
      definitions.set(text, definition);
      definition.schema = mapSubschemas(bare, share);
    }
    return { ...onlyAnnotations(schema), $ref: `#/$defs/${definition.name}` };
  };

  const shared = mapSubschemas(root, share);
  if (definitions.size === 0) return shared;
  const $defs = Object.fromEntries([...definitions.values()].map(({ name, schema }) => [name, schema]));
  return { ...shared, $defs };
}

function count(schema: JsonSchema, seen: Map<string, number>): void {
  mapSubschemas(schema, (part) => {
    const text = JSON.stringify(withoutAnnotations(part));
    seen.set(text, (seen.get(text) ?? 0) + 1);
    count(part, seen);
    return part;
  });
}

/** Readable and unique: the title is for people, the number tells two of one title apart. */
function nameFor(schema: JsonSchema, taken: number): string {
  const words = typeof schema.title === 'string' ? schema.title.replace(/[^A-Za-z]/g, '') : 'part';
  return `${words}${taken + 1}`;
}

const withoutAnnotations = (schema: JsonSchema): JsonSchema =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => !annotations.includes(key)));

const onlyAnnotations = (schema: JsonSchema): JsonSchema =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => annotations.includes(key)));

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function mapSubschemas(schema: JsonSchema, change: (part: JsonSchema) => JsonSchema): JsonSchema {
  const changed: JsonSchema = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties' && isSchema(value)) {
      changed[key] = Object.fromEntries(
        Object.entries(value).map(([name, part]) => [name, isSchema(part) ? change(part) : part]),
      );
    } else if (key === 'items' || key === 'additionalProperties' || key === 'propertyNames') {
      changed[key] = isSchema(value) ? change(value) : value;
    } else if (key === 'anyOf' || key === 'oneOf' || key === 'allOf') {
      changed[key] = (value as unknown[]).map((part) => (isSchema(part) ? change(part) : part));
    } else {
      changed[key] = value;
    }
  }
  return changed;
}
