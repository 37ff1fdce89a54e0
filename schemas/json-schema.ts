import { z } from 'zod';
import { shareRepeated } from './share-repeated.ts';

/** A JSON Schema (2020-12) as plain data. */
export type JsonSchema = { [key: string]: unknown };

export interface JsonSchemaOptions {
  /** Absolute address; it names the schema, nothing is fetched from it. */
  id: string;
  /**
   * `editor`: documented, what repeats said once, and patterns that people can read in an error. `validator`: exactly
   * what zod accepts, and nothing that has no effect.
   */
  purpose: 'editor' | 'validator';
}

/**
 * Turns a zod schema into one self-contained JSON Schema. Does the job of the package `zod-to-json-schema`, which is
 * end-of-life and turns a zod 4 schema silently into `{}`, with zod's own converter.
 */
export function zodToJsonSchema(schema: z.ZodType, { id, purpose }: JsonSchemaOptions): JsonSchema {
  const { $schema, ...converted } = z.toJSONSchema(schema, {
    // What people write: with `output`, keys that have a default would be demanded.
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (purpose === 'editor') adaptToEditor(jsonSchema);
      else adaptToValidator(jsonSchema, zodSchema._zod.def);
    },
  });
  return { $schema, $id: id, ...(purpose === 'editor' ? shareRepeated(converted) : converted) };
}

/** A day as people see it in an error; that it exists is said by `format`, and by `validate`. */
const READABLE_DAY = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$';

function adaptToEditor(schema: JsonSchema): void {
  if (schema.format === 'date') schema.pattern = READABLE_DAY;
  if (schema.type === 'integer') {
    if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
    if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  }
  // Without this an editor shows the backticks of a description as they stand.
  if (typeof schema.description === 'string' && schema.description.includes('`')) {
    schema.markdownDescription = schema.description;
  }
}

function adaptToValidator(schema: JsonSchema, definition: { type: string; discriminator?: unknown }): void {
  for (const key of ['title', 'description', 'format', 'patternErrorMessage']) delete schema[key];
  if (typeof definition.discriminator === 'string') {
    schema.type = 'object';
    schema.discriminator = { propertyName: definition.discriminator };
  }
}
