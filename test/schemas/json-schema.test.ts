import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../engine/document.ts';
import { evaluateSettings } from '../../engine/io/evaluate-settings.ts';
import { staleSchemas } from '../../engine/io/generated-schemas.ts';
import { readWorkingTree } from '../../engine/io/read-repository.ts';
import { generateSchemas } from '../../engine/schemas/generate-schemas.ts';
import { fileKind } from '../../engine/validate/file-kind.ts';
import type { JsonSchema } from '../../schemas/json-schema.ts';
import { type KindName, kindNames } from '../../schemas/kinds.ts';
import { limit } from '../../schemas/setting.ts';
import { documents } from '../fixtures/documents.ts';
import { smallSettings } from '../fixtures/small-repository.ts';

const root = new URL('../..', import.meta.url).pathname;

function schemasOf(settings: typeof smallSettings): Record<string, JsonSchema> {
  return Object.fromEntries(
    generateSchemas(settings)
      .filter(({ path }) => path.endsWith('.schema.json'))
      .map(({ path, text }) => [
        path.slice('schemas/generated/'.length, -'.schema.json'.length),
        JSON.parse(text) as JsonSchema,
      ]),
  );
}

function compile(schema: JsonSchema): ValidateFunction {
  // Strict: what an editor would pass over in silence, such as a misspelt keyword, fails here.
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false, strictTypes: false });
  ajv.addVocabulary(['markdownDescription', 'patternErrorMessage']);
  return ajv.compile(schema);
}

const small = schemasOf(smallSettings);
const judge = Object.fromEntries(Object.entries(small).map(([kind, schema]) => [kind, compile(schema)])) as Record<
  KindName,
  ValidateFunction
>;

/** A valid document with one place changed; `undefined` takes the key away. */
function changed(kind: KindName, path: readonly (string | number)[], value: unknown): unknown {
  const document = structuredClone(documents[kind]);
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((part, key) => (part as Record<string | number, unknown>)[key], document) as Record<
    string | number,
    unknown
  >;
  const last = path.at(-1) ?? '';
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return document;
}

const rejected: readonly [KindName, readonly (string | number)[], unknown][] = [
  ['customer', ['plan'], undefined],
  ['customer', ['exeptions'], []],
  ['customer', ['plan'], 'studio'],
  ['customer', ['contracts', 0, 'seats'], 700],
  ['customer', ['contracts', 0, 'starts'], '01/04/2026'],
  ['customer', ['quantities', 'seatz'], 3],
  ['customer', ['quantities', 'sso'], 3],
  ['customer', ['billing', 'unitPrices', 'seats'], 84],
  ['customer', ['exceptions', 0, 'set', 'seats'], -1],
  ['customer', ['exceptions', 0, 'set', 'seats'], 2.5],
  ['customer', ['exceptions', 0, 'set', 'dataRegion'], 'mars'],
  ['customer', ['exceptions', 0, 'tracking'], 'x'],
  ['customer', ['exceptions', 1, 'settings'], ['nothing']],
  ['customer', ['exceptions', 0, 'decision'], 'maybe'],
  ['plan', ['price'], undefined],
  ['plan', ['settings', 'sso'], 'yes'],
  ['plan', ['settings', 'formats'], 'csv'],
  ['plan', ['rank'], 'high'],
  ['menu', ['addOns', 'extraCalls', 'adds', 'sso'], 1],
  ['menu', ['addOns', 'extraCalls', 'plans'], 'starter'],
  ['lifecycle', ['stages', 'overdue'], {}],
  ['lifecycle', ['stages', 'closed', 'set', 'apiCalls'], 'none'],
  ['roles', ['roles', 'admin', 'may'], 'all'],
  ['onboarding', ['details', 'site', 'type'], 'link'],
  ['publish', ['language'], 2],
  ['approvals', ['lines', 0, 'when', 'setting'], ['nothing']],
  ['approvals', ['lines', 0, 'when', 'above'], { timesPlan: 'two' }],
  ['approvals', ['classes', 'finance', 'needs'], 0],
  ['approvers', ['people', 0, 'id'], 'fin-ola'],
  ['checks', ['Expires Soon'], {}],
  ['scan', ['severity', 'account-equality'], 'fatal'],
  ['scan', ['severity', 'account-equalty'], 'error'],
  ['scan', ['identifiers'], ['Studio Id']],
];

describe('JSON Schemas', () => {
  it.each(kindNames)('%s: accepts a document with every key', (kind) => {
    judge[kind](documents[kind]);
    expect(judge[kind].errors ?? []).toEqual([]);
  });

  it.each(rejected)('%s: refuses %j = %j', (kind, path, value) => {
    expect(judge[kind](changed(kind, path, value))).toBe(false);
  });

  it('refuse a bad document of every kind', () => {
    expect(new Set(rejected.map(([kind]) => kind))).toEqual(new Set(kindNames));
  });

  it('stand alone: an absolute address, and no reference out of the file', () => {
    for (const kind of kindNames) {
      const text = JSON.stringify(small[kind]);
      expect(small[kind]?.$id).toBe(`https://proviso.example/schemas/v1/${kind}.schema.json`);
      expect([...text.matchAll(/"\$ref":"([^"]*)"/g)].every(([, target = '']) => target.startsWith('#/$defs/'))).toBe(
        true,
      );
    }
  });

  it('say nothing that only a machine understands', () => {
    const text = JSON.stringify(small);
    expect(text).not.toContain('9007199254740991');
    expect(text).not.toContain('02-29');
  });

  it('document every setting where it may be written', () => {
    const plan = small.plan as {
      properties: { settings: { properties: Record<string, { title: string; description: string }> } };
    };
    expect(plan.properties.settings.properties.apiCalls).toMatchObject({
      title: 'Api calls',
      description: 'Calls. Without it: 1000.',
    });
    expect(Object.keys(plan.properties.settings.properties)).toEqual(Object.keys(smallSettings));
  });

  it('follow the catalogue: one more entry is one more key, with its values', () => {
    const rooms = limit({
      unit: 'room',
      area: 'access',
      default: 1,
      favours: 'more',
      label: 'Rooms',
      description: 'Meeting rooms.',
    });
    const more = compile(schemasOf({ ...smallSettings, rooms }).plan as JsonSchema);
    const plan = changed('plan', ['settings', 'rooms'], 4);
    expect([judge.plan(plan), more(plan), more(changed('plan', ['settings', 'rooms'], 'four'))]).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe('generated files of this repository', () => {
  it('are current: run `npm run proviso -- schemas`', async () => {
    expect((await staleSchemas(root)).map(({ message }) => message)).toEqual([]);
  });

  it('are what the first line of every file of the sample company points to', () => {
    const files = readWorkingTree(root).files.flatMap((file) => {
      const found = fileKind(file.path);
      return found && 'kind' in found ? [{ ...file, kind: found.kind }] : [];
    });
    const pointed = files.map(({ path, bytes }) => {
      const schema = /^# yaml-language-server: \$schema=(\S+)/.exec(new TextDecoder().decode(bytes))?.[1] ?? '';
      return [path, new URL(schema, `file:///${path}`).pathname];
    });
    expect(pointed).toEqual(files.map(({ path, kind }) => [path, `/schemas/generated/${kind}.schema.json`]));
  });

  it('accept every file of the sample company', async () => {
    const { settings } = await evaluateSettings(root);
    const schemas = schemasOf(settings ?? {});
    const compiled = new Map(Object.entries(schemas).map(([kind, schema]) => [kind, compile(schema)]));
    const errors = readWorkingTree(root).files.flatMap((file) => {
      const found = fileKind(file.path);
      if (!found || !('kind' in found)) return [];
      const check = compiled.get(found.kind);
      return check?.(readDocument(file).document?.data) ? [] : [{ path: file.path, errors: check?.errors }];
    });
    expect(errors).toEqual([]);
  });
});
