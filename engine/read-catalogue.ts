import type { Area, Setting, Settings } from '../schemas/setting.ts';
import { areas } from '../schemas/setting.ts';
import { type Diagnostic, topOf } from './diagnostic.ts';
import { CATALOGUE_FILE } from './schemas/files.ts';
import type { SourceFile } from './source-file.ts';

const VERSION = 1;
const HELP = 'run `proviso schemas`: it writes this file from schemas/settings.ts';

/**
 * The settings of a repository as its `catalogue.json` states them. Checked by hand, not with the schema, because every command
 * reads it and none should wait for a validator to load. With a diagnostic there are no settings.
 */
export function readCatalogue(
  files: readonly SourceFile[],
  hasSettings: boolean,
): { settings?: Settings; diagnostics: Diagnostic[] } {
  const failed = (message: string, help = HELP): { diagnostics: Diagnostic[] } => ({
    diagnostics: [{ rule: 'catalogue', severity: 'error', message, at: topOf(CATALOGUE_FILE), help }],
  });
  const file = files.find(({ path }) => path === CATALOGUE_FILE);
  if (!file)
    return hasSettings
      ? failed('the settings of schemas/settings.ts have not been written as data yet')
      : failed(
          'there is no settings catalogue',
          'list the product’s settings in schemas/settings.ts, then run `proviso schemas`',
        );
  let stated: unknown;
  try {
    stated = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file.bytes));
  } catch {
    return failed('the settings catalogue is not valid JSON');
  }
  if (!isRecord(stated) || typeof stated.v !== 'number' || !isRecord(stated.settings))
    return failed('the settings catalogue does not have the shape {"v": 1, "settings": {…}}');
  if (stated.v !== VERSION)
    return failed(
      `the settings catalogue is of version ${stated.v}; this program reads version ${VERSION}`,
      stated.v > VERSION ? 'use the newer version of proviso that wrote it' : HELP,
    );
  const wrong = Object.entries(stated.settings).find(([name, setting]) => !isKey(name) || !isSetting(setting));
  if (wrong) return failed(`the settings catalogue states "${wrong[0]}" in a way no setting is stated`);
  return { settings: stated.settings as Settings, diagnostics: [] };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isKey = (name: string): boolean => /^[a-z][A-Za-z0-9]*$/.test(name) && !(name in Object.prototype);
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
const isAmount = (value: unknown): boolean => value === 'unlimited' || (typeof value === 'number' && value >= 0);

const hasValue: { [Kind in Setting['kind']]: (setting: Record<string, unknown>) => boolean } = {
  feature: (setting) => typeof setting.default === 'boolean' && typeof setting.favours === 'boolean',
  limit: (setting) =>
    isAmount(setting.default) &&
    typeof setting.unit === 'string' &&
    (setting.favours === 'more' || setting.favours === 'less'),
  choice: (setting) =>
    isTexts(setting.of) && typeof setting.default === 'string' && setting.of.includes(setting.default),
  text: (setting) => typeof setting.default === 'string',
  list: (setting) => isTexts(setting.default),
};

function isSetting(value: unknown): value is Setting {
  if (!isRecord(value) || typeof value.kind !== 'string' || !Object.hasOwn(hasValue, value.kind)) return false;
  return (
    typeof value.description === 'string' &&
    areas.includes(value.area as Area) &&
    hasValue[value.kind as Setting['kind']](value)
  );
}
