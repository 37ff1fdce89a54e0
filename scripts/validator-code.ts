import type { JsonSchema } from '../schemas/json-schema.ts';

/** JavaScript that makes a validator of every schema, by the name it is exported under. Throws on a keyword that it has no code for. */
export function validatorCode(schemas: Readonly<Record<string, JsonSchema>>): string {
  const code = new ValidatorCode();
  const exported = Object.entries(schemas).map(
    ([name, { $schema, $id, ...schema }]) => `export const ${name} = ${code.test(schema)};`,
  );
  return [...code.declarations, ...exported].join('\n');
}

type Properties = Record<string, JsonSchema>;

/** Collects what the validators share: what is said twice, anywhere, is made once. */
class ValidatorCode {
  readonly declarations: string[] = [];
  readonly #names = new Map<string, string>();

  /** An expression that is the test of this shape. */
  test(schema: JsonSchema): string {
    if (Object.keys(schema).length === 0) return 'anything';
    if (schema.discriminator) return this.#share(this.#branches(schema));
    if (schema.anyOf) return this.#share(this.#either(schema));
    if (schema.enum) return this.#share(oneOf(schema.enum as unknown[]));
    if ('const' in schema) return this.#share(oneOf([schema.const]));
    if (Array.isArray(schema.type)) return this.#share(this.#either({ anyOf: schema.type.map((type) => ({ type })) }));
    switch (schema.type) {
      case 'string':
        allow(schema, ['type', 'pattern']);
        return schema.pattern ? this.#textLike(schema.pattern) : 'isText';
      case 'boolean':
        allow(schema, ['type']);
        return 'isTrueOrFalse';
      case 'number':
      case 'integer':
        return this.#share(numberIn(schema));
      case 'array':
        return this.#share(this.#list(schema));
      case 'object':
        return this.#share(this.#object(schema));
      default:
        throw new Error(`no code for the schema ${JSON.stringify(schema)}`);
    }
  }

  #share(expression: string): string {
    const known = this.#names.get(expression);
    if (known) return known;
    const name = `part${this.#names.size + 1}`;
    this.#names.set(expression, name);
    this.declarations.push(`const ${name} = ${expression};`);
    return name;
  }

  #textLike(pattern: unknown): string {
    return this.#share(`textLike(new RegExp(${JSON.stringify(pattern)}, 'u'))`);
  }

  #either(schema: JsonSchema): string {
    allow(schema, ['anyOf']);
    return `either(${(schema.anyOf as JsonSchema[]).map((part) => this.test(part)).join(', ')})`;
  }

  #branches(schema: JsonSchema): string {
    allow(schema, ['type', 'discriminator', 'oneOf']);
    const { propertyName } = schema.discriminator as { propertyName: string };
    const branches = (schema.oneOf as JsonSchema[]).map((branch): [string, string] => [
      String((branch.properties as Properties)[propertyName]?.const),
      this.test(branch),
    ]);
    return `branchesOf(${JSON.stringify(propertyName)}, ${keyed(branches)})`;
  }

  #list(schema: JsonSchema): string {
    allow(schema, ['type', 'items', 'minItems']);
    const each = this.test((schema.items ?? {}) as JsonSchema);
    return `listOf(${[each, ...(schema.minItems ? [schema.minItems] : [])].join(', ')})`;
  }

  #object(schema: JsonSchema): string {
    allow(schema, ['type', 'properties', 'required', 'additionalProperties', 'propertyNames']);
    const properties = Object.entries((schema.properties ?? {}) as Properties);
    const tests = properties.map(([key, property]): [string, string] => [key, this.test(property)]);
    return `objectOf(${[keyed(tests), JSON.stringify(schema.required ?? []), ...this.#other(schema)].join(', ')})`;
  }

  /** What a key that is not listed must be: its value, and its name. */
  #other({ additionalProperties = {}, propertyNames = {} }: JsonSchema): string[] {
    if (additionalProperties === false) return [];
    const names = propertyNames as JsonSchema;
    allow(names, ['type', 'pattern']);
    const value = this.test(additionalProperties as JsonSchema);
    return names.pattern ? [value, this.#textLike(names.pattern)] : [value];
  }
}

const bounds = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'];

function numberIn(schema: JsonSchema): string {
  allow(schema, ['type', ...bounds]);
  const said = bounds.filter((word) => word in schema).map((word) => `${word}: ${schema[word]}`);
  return `numberIn({ ${[...(schema.type === 'integer' ? ['integer: true'] : []), ...said].join(', ')} })`;
}

const oneOf = (values: readonly unknown[]): string =>
  `oneOf(${values.map((value) => JSON.stringify(value)).join(', ')})`;

const keyed = (tests: readonly (readonly [key: string, test: string])[]): string =>
  `{ ${tests.map(([key, test]) => `${JSON.stringify(key)}: ${test}`).join(', ')} }`;

function allow(schema: JsonSchema, keywords: readonly string[]): void {
  const unknown = Object.keys(schema).find((keyword) => !keywords.includes(keyword));
  if (unknown) throw new Error(`no code for the keyword ${unknown} of ${JSON.stringify(schema)}`);
}
