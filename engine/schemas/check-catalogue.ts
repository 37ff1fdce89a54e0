import { maxObjectBytes } from '../../runtime/snapshot/object.ts';
import * as validators from '../../schemas/generated/validators.ts';
import type { Settings } from '../../schemas/setting.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { findCatalogueProblems } from './catalogue-rules.ts';
import { normaliseSettings } from './normalise-settings.ts';

export interface CheckedSettings {
  settings?: Settings;
  diagnostics: Diagnostic[];
}

/** A file as it is shown to people: what is wrong with a setting is placed where the text names it first. */
interface Source {
  path: string;
  text: string;
}

/** Any value → the catalogue, normalised, or what is wrong with it. */
export async function checkCatalogue(value: unknown, source: Source): Promise<CheckedSettings> {
  const report = (message: string, help?: string, key?: string): Diagnostic => ({
    rule: 'settings-catalogue',
    severity: 'error',
    message,
    at: placeOf(source, key),
    ...(help && { help }),
  });
  const catalogue = { v: 1, settings: value };
  if (!validators.catalogue(catalogue)) {
    const { explainCatalogue } = await import('./explain-catalogue.ts');
    return { diagnostics: explainCatalogue(catalogue).map(({ message, help, key }) => report(message, help, key)) };
  }
  const settings = normaliseSettings(value as Settings);
  if (Object.keys(settings).length === 0)
    return { diagnostics: [report('the catalogue has no setting', 'list at least one')] };
  const problems = findCatalogueProblems(settings);
  if (problems.length > 0) return { diagnostics: problems.map(({ message, help, key }) => report(message, help, key)) };
  const bytes = Buffer.byteLength(JSON.stringify({ settings }));
  if (bytes > maxObjectBytes) {
    const most = maxObjectBytes.toLocaleString('en');
    const message = `the settings take ${bytes.toLocaleString('en')} bytes; a release holds at most ${most} of them`;
    return { diagnostics: [report(message, 'shorten defaults and descriptions: every reader holds all of it')] };
  }
  return { settings, diagnostics: [] };
}

function placeOf({ path, text }: Source, key?: string): Place {
  const found =
    key === undefined ? undefined : new RegExp(`^([ \\t]*)(['"]?)${escape(key)}\\2[ \\t]*:`, 'm').exec(text);
  if (!found) return { path, start: { line: 1, column: 1 } };
  const column = (found[1]?.length ?? 0) + 1;
  const line = text.slice(0, found.index).split('\n').length;
  return { path, start: { line, column }, end: { line, column: column + found[0].trim().length - 1 } };
}

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
