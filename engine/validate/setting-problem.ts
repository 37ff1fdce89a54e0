import type { Choice, Limit, Setting, Settings } from '../../schemas/setting.ts';
import { termWords } from '../../schemas/term-words.ts';
import { didYouMean } from '../did-you-mean.ts';
import { helpToCount, helpToQuote, kindOf, neededHere, shown } from './words.ts';

export interface SettingProblem {
  rule: string;
  message: string;
  help?: string;
  /** The name is wrong, not the value: it stands at the key. */
  key?: boolean;
}

/** What is wrong with giving a setting this value; nothing when it is right. */
export function settingProblem(settings: Settings, key: string, value: unknown): SettingProblem | undefined {
  const setting = settingOf(settings, key);
  if (!setting) return unknownSetting(settings, key);
  const problem = valueProblem(key, setting, value);
  return problem && { rule: 'setting-value', ...problem };
}

/** What is wrong with an amount of a setting that must be a limit: a quantity, an addition, a commitment. */
export function amountProblem(settings: Settings, key: string, value: unknown): SettingProblem | undefined {
  const problem = limitNameProblem(settings, key);
  if (problem) return problem;
  const wrong = numberProblem(key, settings[key] as Limit, value);
  return wrong && { rule: 'setting-value', ...wrong };
}

/** What is wrong with a name that must be a limit's. */
export function limitNameProblem(settings: Settings, key: string): SettingProblem | undefined {
  const setting = settingOf(settings, key);
  if (!setting) return unknownSetting(settings, key);
  if (setting.kind === 'limit') return undefined;
  return { rule: 'not-a-limit', message: `\`${key}\` is a ${setting.kind}, not a limit: it has no amount`, key: true };
}

export function nameProblem(settings: Settings, key: string): SettingProblem | undefined {
  return settingOf(settings, key) ? undefined : unknownSetting(settings, key);
}

const settingOf = (settings: Settings, key: string): Setting | undefined =>
  Object.hasOwn(settings, key) ? settings[key] : undefined;

function unknownSetting(settings: Settings, key: string): SettingProblem {
  const rule = 'unknown-setting';
  if (Object.hasOwn(termWords.support, key)) {
    return {
      rule,
      key: true,
      message: `\`${key}\` is a promise: it belongs to support terms`,
      help: 'settings are what the product does; what is promised is written under `support`',
    };
  }
  if (Object.hasOwn(termWords.billing, key)) {
    return {
      rule,
      key: true,
      message: `\`${key}\` is part of the agreement: it belongs to billing terms`,
      help: 'settings are what the product does; what is agreed is written under `billing`',
    };
  }
  return {
    rule,
    key: true,
    message: `no setting named \`${shown(key)}\`${didYouMean(key, Object.keys(settings))}`,
    help: 'the settings are listed in schemas/settings.ts',
  };
}

type Problem = Omit<SettingProblem, 'rule'>;

function valueProblem(key: string, setting: Setting, value: unknown): Problem | undefined {
  switch (setting.kind) {
    case 'limit':
      return value === 'unlimited' ? undefined : limitProblem(key, setting, value);
    case 'feature':
      return typeof value === 'boolean' ? undefined : needed(key, 'true or false', value);
    case 'choice':
      return choiceProblem(key, setting, value);
    case 'text':
      return typeof value === 'string' ? undefined : needed(key, 'text', value, helpToQuote(value));
    default:
      return listProblem(key, value);
  }
}

function limitProblem(key: string, setting: Limit, value: unknown): Problem | undefined {
  if (typeof value === 'string') {
    const number = setting.fractional ? 'a number' : 'a whole number';
    return {
      message: `\`${key}\`: ${neededHere(`${number} or \`unlimited\``, value)}${didYouMean(value, ['unlimited'])}`,
      help: helpToCount(value),
    };
  }
  return numberProblem(key, setting, value);
}

function numberProblem(key: string, { fractional }: Limit, value: unknown): Problem | undefined {
  if (typeof value !== 'number')
    return needed(key, fractional ? 'a number' : 'a whole number', value, helpToCount(value));
  if (value < 0) return { message: `\`${key}\`: ${value} is less than 0` };
  if (!fractional && !Number.isInteger(value)) return { message: `\`${key}\`: ${value} is not a whole number` };
  return value > Number.MAX_SAFE_INTEGER
    ? { message: `\`${key}\`: ${value} is too large to be exact`, help: 'write `unlimited`' }
    : undefined;
}

function choiceProblem(key: string, { of }: Choice, value: unknown): Problem | undefined {
  if (typeof value !== 'string') return needed(key, `one of ${of.join(', ')}`, value);
  if (of.includes(value)) return undefined;
  return { message: `\`${key}\`: \`${shown(value)}\` is none of ${of.join(', ')}${didYouMean(value, of)}` };
}

function listProblem(key: string, value: unknown): Problem | undefined {
  if (!Array.isArray(value)) return needed(key, 'a list of text', value);
  const wrong: unknown = value.find((item) => typeof item !== 'string');
  if (wrong === undefined) return undefined;
  return { message: `\`${key}\`: a list of text is needed, this one holds ${kindOf(wrong)}`, help: helpToQuote(wrong) };
}

const needed = (key: string, what: string, value: unknown, help?: string): Problem => ({
  message: `\`${key}\`: ${neededHere(what, value)}`,
  help,
});
