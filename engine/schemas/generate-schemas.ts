import { zodToJsonSchema } from '../../schemas/json-schema.ts';
import { kindNames } from '../../schemas/kinds.ts';
import type { Settings } from '../../schemas/setting.ts';
import { fieldsOf } from '../../schemas/setting-fields.ts';
import { shapes } from '../../schemas/shapes.ts';
import { describeChecks } from './describe-checks.ts';
import { CATALOGUE_FILE, schemaFile } from './files.ts';

/** Only a name: nothing is fetched from it. */
const ADDRESS = 'https://proviso.example/schemas/v1/';

export interface GeneratedFile {
  path: string;
  text: string;
}

/** Everything that is derived from a normalised catalogue: the editor's schema of every kind of file, and the catalogue as data. */
export function generateSchemas(settings: Settings): GeneratedFile[] {
  const fields = fieldsOf(settings);
  const schemas = kindNames.map((kind) => {
    const schema = zodToJsonSchema(shapes[kind](fields), { id: `${ADDRESS}${kind}.schema.json`, purpose: 'editor' });
    return { path: schemaFile(kind), text: asText(kind === 'checks' ? describeChecks(schema) : schema) };
  });
  return [...schemas, { path: CATALOGUE_FILE, text: asText({ v: 1, settings }) }];
}

const asText = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
