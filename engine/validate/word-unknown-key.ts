import type { z } from 'zod';
import { type KindName, reservedKeys } from '../../schemas/kinds.ts';
import type { Setting, Settings } from '../../schemas/setting.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Pointer } from '../document.ts';
import { keysOf, otherBranches, shapeAt, valueAt } from './shape-at.ts';
import type { Worded } from './word-fault.ts';
import { either, shown } from './words.ts';

/** What an unknown key is judged against. */
export interface Context {
  /** Absent for what is no file of the language. */
  kind?: KindName;
  schema: z.core.$ZodType;
  data: unknown;
  settings: Settings;
}

/** The words for a key that does not belong where it stands: where it does belong, or what was probably meant. */
export function wordUnknownKey(pointer: Pointer, key: string, context: Context): Worded {
  const { kind, schema, data, settings } = context;
  if (pointer.length === 0 && kind && reservedKeys[kind]?.includes(key)) {
    return {
      rule: 'reserved-key',
      message: `\`${key}\` is not yet supported`,
      help: 'remove it: a later version reads it',
    };
  }
  const branches = otherBranches(schema, data, pointer, key);
  if (branches) {
    const { discriminator, words } = branches;
    const chosen = String(valueAt(data, [...pointer, discriminator]));
    return {
      rule: 'unknown-key',
      message: `\`${key}\` belongs to ${discriminator} ${either(words)}, not ${chosen}`,
      help: `remove \`${key}\`, or change \`${discriminator}\``,
    };
  }
  if (Object.hasOwn(settings, key)) return misplacedSetting(key, settings[key] as Setting, kind);
  const known = keysOf(shapeAt(schema, data, pointer));
  const home = Object.keys(known).find((name) => Object.hasOwn(keysOf(inner(known[name])), key));
  if (home !== undefined) {
    return {
      rule: 'unknown-key',
      message: `\`${key}\` belongs under \`${home}\``,
      help: `write \`${home}: { ${key}: … }\``,
    };
  }
  const names = Object.keys(known);
  return {
    rule: 'unknown-key',
    message: `unknown key \`${shown(key)}\`${didYouMean(key, names)}`,
    ...(names.length > 0 && { help: `keys here: ${names.join(', ')}` }),
  };
}

const homes: Readonly<Partial<Record<KindName, string>>> = {
  plan: 'it belongs under `settings`',
  menu: 'it belongs under `sets` or `adds` of an add-on',
  lifecycle: 'it belongs under `set` of a stage',
};

function misplacedSetting(key: string, setting: Setting, kind: KindName | undefined): Worded {
  const home = (kind && homes[kind]) ?? 'it belongs to the plan, an add-on or an exception';
  return {
    rule: 'misplaced-setting',
    message: `\`${key}\` is a product ${setting.kind === 'limit' ? 'limit' : 'setting'}: ${home}`,
    ...(kind === 'customer' &&
      setting.kind === 'limit' && { help: 'what the customer buys by the unit is written under `quantities`' }),
  };
}

/** Optional objects and objects that may be `unset` are objects to people. */
function inner(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  return schema && shapeAt(schema, {}, []);
}
