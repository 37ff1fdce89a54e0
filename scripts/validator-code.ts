import type { JsonSchema } from '../schemas/json-schema.ts';

/**
 * JSON Schemas → JavaScript functions that answer true or false, and nothing else: what is wrong is worded by zod, for
 * the few files that fail. ajv's own standalone code is 28 times as long for the same schemas, nearly all of it error
 * objects that nobody would read, and it is loaded at the start of every command.
 *
 * `schemas` by the name of the exported function. Throws on a keyword that it has no code for.
 */
export function validatorCode(schemas: Readonly<Record<string, JsonSchema>>): string {
  const code = new ValidatorCode();
  const exported = Object.entries(schemas).map(([name, { $schema, $id, ...schema }]) => {
    return `export function ${name}(value) {return ${code.test(schema)};}`;
  });
  return [...shared, ...code.declarations, ...exported].join('\n');
}

const shared = [
  `const isText = (value, pattern) => typeof value === 'string' && pattern.test(value);`,
  `const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);`,
];

type Properties = Record<string, JsonSchema>;

/** Collects what the functions share: what is said twice, anywhere, is one function or one pattern. */
class ValidatorCode {
  readonly declarations: string[] = [];
  readonly #names = new Map<string, string>();

  /** A boolean expression over the variable `value`. */
  test(schema: JsonSchema): string {
    if (Object.keys(schema).length === 0) return 'true';
    if (schema.discriminator) return this.#call(this.#branches(schema));
    if (schema.anyOf) return this.#anyOf(schema);
    if (schema.enum) return isOneOf(schema.enum as unknown[]);
    if ('const' in schema) return isOneOf([schema.const]);
    if (Array.isArray(schema.type)) return this.#anyOf({ anyOf: schema.type.map((type) => ({ type })) });
    switch (schema.type) {
      case 'string':
        allow(schema, ['type', 'pattern']);
        return schema.pattern ? `isText(value, ${this.#pattern(schema.pattern)})` : `typeof value === 'string'`;
      case 'boolean':
        allow(schema, ['type']);
        return `typeof value === 'boolean'`;
      case 'number':
        return isNumber(schema, 'Number.isFinite(value)');
      case 'integer':
        return isNumber(schema, 'Number.isInteger(value)');
      case 'array':
        return this.#call(this.#list(schema));
      case 'object':
        return this.#call(this.#object(schema));
      default:
        throw new Error(`no code for the schema ${JSON.stringify(schema)}`);
    }
  }

  #share(text: string, declare: (name: string) => string): string {
    const known = this.#names.get(text);
    if (known) return known;
    const name = `part${this.#names.size + 1}`;
    this.#names.set(text, name);
    this.declarations.push(declare(name));
    return name;
  }

  #call(body: string): string {
    return `${this.#share(body, (name) => `function ${name}(part) {${body}}`)}(value)`;
  }

  #pattern(pattern: unknown): string {
    const source = JSON.stringify(pattern);
    return this.#share(source, (name) => `const ${name} = new RegExp(${source}, 'u');`);
  }

  #anyOf(schema: JsonSchema): string {
    allow(schema, ['anyOf']);
    return `(${(schema.anyOf as JsonSchema[]).map((part) => this.test(part)).join(' || ')})`;
  }

  #branches(schema: JsonSchema): string {
    allow(schema, ['type', 'discriminator', 'oneOf']);
    const { propertyName } = schema.discriminator as { propertyName: string };
    const cases = (schema.oneOf as JsonSchema[]).map((branch) => {
      const word = JSON.stringify((branch.properties as Properties)[propertyName]?.const);
      return `case ${word}: return ${this.test(branch)};`;
    });
    const word = `isObject(value) ? value[${JSON.stringify(propertyName)}] : undefined`;
    return `const value = part;switch (${word}) {${cases.join('')}}return false;`;
  }

  #list(schema: JsonSchema): string {
    allow(schema, ['type', 'items', 'minItems']);
    const fewest = schema.minItems ? `if (part.length < ${schema.minItems}) return false;` : '';
    const each = `for (const value of part) if (!(${this.test((schema.items ?? {}) as JsonSchema)})) return false;`;
    return `if (!Array.isArray(part)) return false;${fewest}${each}return true;`;
  }

  #object(schema: JsonSchema): string {
    allow(schema, ['type', 'properties', 'required', 'additionalProperties', 'propertyNames']);
    const required = new Set((schema.required ?? []) as string[]);
    const cases = Object.entries((schema.properties ?? {}) as Properties).map(([key, property]) => {
      const found = required.has(key) ? 'found++;' : '';
      return `case ${JSON.stringify(key)}: if (!(${this.test(property)})) return false;${found}break;`;
    });
    const other = `if (!(${this.#other(schema)})) return false;`;
    const each = cases.length > 0 ? `switch (key) {${cases.join('')}default: ${other}}` : other;
    return [
      `if (!isObject(part)) return false;let found = 0;`,
      `for (const key of Object.keys(part)) {const value = part[key];${each}}`,
      `return found === ${required.size};`,
    ].join('');
  }

  /** What a key that is not listed must be, over `key` and `value`. */
  #other({ additionalProperties = {}, propertyNames = {} }: JsonSchema): string {
    if (additionalProperties === false) return 'false';
    const names = propertyNames as JsonSchema;
    allow(names, ['type', 'pattern']);
    const named = names.pattern ? `isText(key, ${this.#pattern(names.pattern)})` : 'true';
    return both(named, this.test(additionalProperties as JsonSchema));
  }
}

const comparisons = { minimum: '>=', maximum: '<=', exclusiveMinimum: '>', exclusiveMaximum: '<' };

function isNumber(schema: JsonSchema, test: string): string {
  allow(schema, ['type', ...Object.keys(comparisons)]);
  const bounds = Object.entries(comparisons).filter(([word]) => word in schema);
  return both(test, ...bounds.map(([word, sign]) => `value ${sign} ${schema[word]}`));
}

const isOneOf = (values: readonly unknown[]) =>
  `(${values.map((value) => `value === ${JSON.stringify(value)}`).join(' || ')})`;

const both = (...tests: string[]) => tests.filter((test) => test !== 'true').join(' && ') || 'true';

function allow(schema: JsonSchema, keywords: readonly string[]): void {
  const unknown = Object.keys(schema).find((keyword) => !keywords.includes(keyword));
  if (unknown) throw new Error(`no code for the keyword ${unknown} of ${JSON.stringify(schema)}`);
}
