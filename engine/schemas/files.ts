/** Where the catalogue and what is derived from it lie in a repository. */
import type { KindName } from '../../schemas/kinds.ts';

export const SETTINGS_FILE = 'schemas/settings.ts';
export const GENERATED_FOLDER = 'schemas/generated';
export const CATALOGUE_FILE = `${GENERATED_FOLDER}/catalogue.json`;

export const schemaFile = (kind: KindName): string => `${GENERATED_FOLDER}/${kind}.schema.json`;
