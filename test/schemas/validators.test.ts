import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { catalogue } from '../../schemas/catalogue.ts';
import * as accountValidators from '../../schemas/generated/account-validators.ts';
import * as kindValidators from '../../schemas/generated/validators.ts';
import { zodToJsonSchema } from '../../schemas/json-schema.ts';
import { kindNames } from '../../schemas/kinds.ts';
import { accountList, hashedDictionary } from '../../schemas/scan-accounts.ts';
import { anySettings } from '../../schemas/setting-fields.ts';
import { shapes } from '../../schemas/shapes.ts';
import { generateValidators } from '../../scripts/generate-validators.ts';
import { validatorCode } from '../../scripts/validator-code.ts';
import { applyDamage, damage } from '../fixtures/damage.ts';
import { documents } from '../fixtures/documents.ts';
import { smallSettings } from '../fixtures/small-repository.ts';
import { temporaryFolder } from '../temporary-repository.ts';

const fileOf = (name: string): URL => new URL(`../../schemas/generated/${name}.ts`, import.meta.url);
const validators = { ...kindValidators, ...accountValidators };
const valid = {
  ...documents,
  catalogue: { v: 1, settings: smallSettings },
  accountList: [
    {
      id: 'acme',
      name: 'Acme',
      aliases: ['ACM'],
      domains: ['acme.example'],
      externalIds: { stripe: 'cus_1', row: 7 },
      people: ['jo@acme.example'],
    },
  ],
  hashedDictionary: {
    $schema: 'x',
    version: 1,
    salt: 'MDEyMzQ1Njc4OWFiY2RlZg==',
    mostParts: 2,
    marks: 'AAAA',
    terms: { '0c16d97fb220895e9f51acc435c17b35': ['AAAA'] },
    policy: documents.scan,
    offers: [{ is: 'setting', id: 'seats', label: 'Seats', kind: 'limit', words: ['seats'] }],
    exceptions: {
      '0c16d97fb220895e9f51acc435c17b35': { of: '1c16d97fb220895e9f51acc435c17b35', lastDay: '2027-03-31' },
    },
  },
};
const shapeOf: Readonly<Record<string, z.ZodType>> = {
  ...Object.fromEntries(kindNames.map((kind) => [kind, shapes[kind](anySettings)])),
  catalogue,
  accountList,
  hashedDictionary,
};
const names = Object.keys(shapeOf) as (keyof typeof validators)[];

/** ajv knows nothing of how our code is made: the same schemas, judged by others. */
const byAjv = Object.fromEntries(
  Object.entries(shapeOf).map(([name, shape]): [string, ValidateFunction] => {
    const ajv = new Ajv2020({ allowUnionTypes: true, discriminator: true });
    return [name, ajv.compile(zodToJsonSchema(shape, { id: name, purpose: 'validator' }))];
  }),
);

describe('compiled validators', () => {
  it('are current: run `npm run generate:validators`', () => {
    for (const [name, text] of Object.entries(generateValidators()))
      expect([name, readFileSync(fileOf(name), 'utf8') === text]).toEqual([name, true]);
  });

  it('need no package: they run from a folder that has none', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'generated'));
    copyFileSync(new URL('../shape-tests.ts', fileOf('validators')), join(folder, 'shape-tests.ts'));
    copyFileSync(fileOf('validators'), join(folder, 'generated', 'validators.ts'));
    const copy = pathToFileURL(join(folder, 'generated', 'validators.ts'));
    const alone = (await import(copy.href)) as typeof kindValidators;
    expect(alone.customer(documents.customer)).toBe(true);
    expect(alone.customer({ name: 'Acme' })).toBe(false);
  });

  it.each(names)('%s: accepts every key of the language', (name) => {
    expect(shapeOf[name]?.safeParse(valid[name]).error).toBeUndefined();
    expect(validators[name](valid[name])).toBe(true);
  });

  it.each(names)('%s: agrees with zod and ajv on documents of all kinds of damage', (name) => {
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(fc.array(damage, { minLength: 0, maxLength: 3 }), (damages) => {
        const document = damages.reduce(applyDamage, structuredClone(valid[name]) as unknown);
        const expected = shapeOf[name]?.safeParse(document).success;
        seen[expected ? 'accepted' : 'refused']++;
        expect(validators[name](document)).toBe(expected);
        expect(byAjv[name]?.(document)).toBe(expected);
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(50);
  });

  it('refuse the keys of objects that no file should have', () => {
    for (const key of ['__proto__', 'constructor', 'toString']) {
      const document = JSON.parse(`{"name": "Acme", "plan": "starter@1", ${JSON.stringify(key)}: {"a": 1}}`) as unknown;
      expect(validators.customer(document)).toBe(false);
    }
  });

  it('are not made from a schema that says more than the code can check', () => {
    expect(() => validatorCode({ a: { type: 'string', minLength: 3 } })).toThrow('no code for the keyword minLength');
    expect(() => validatorCode({ a: { not: {} } })).toThrow('no code for the schema {"not":{}}');
  });
});
