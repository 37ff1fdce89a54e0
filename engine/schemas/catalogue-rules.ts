import type { Choice, Limit, Setting, Settings } from '../../schemas/setting.ts';

export interface CatalogueProblem {
  key: string;
  message: string;
  help: string;
}

/** What a catalogue must hold beyond its shape. One function a rule; each names the setting it refuses. */
export function findCatalogueProblems(settings: Settings): CatalogueProblem[] {
  return Object.entries(settings).flatMap(([key, setting]) =>
    rules.flatMap((rule) => {
      const problem = rule(key, setting, settings);
      return problem ? [{ key, ...problem }] : [];
    }),
  );
}

type Rule = (key: string, setting: Setting, settings: Settings) => Omit<CatalogueProblem, 'key'> | undefined;

const rules: readonly Rule[] = [
  // A product reads `settings.constructor` and would be answered by the language, not by us.
  (key) =>
    key in {}
      ? { message: `\`${key}\` has a meaning of its own in JavaScript`, help: 'choose another name' }
      : undefined,

  (key, setting) =>
    setting.kind === 'choice' && new Set(setting.of).size < setting.of.length
      ? { message: `\`${key}\` lists a choice twice in \`of\``, help: 'write every choice once' }
      : undefined,

  (key, setting) => valueProblem(key, setting, 'default', setting.default),

  (key, setting) =>
    setting.whenStale === undefined || setting.whenStale === 'keepLast'
      ? undefined
      : valueProblem(key, setting, 'whenStale', setting.whenStale),

  (key, setting) =>
    setting.kind === 'choice' && setting.favours && !isPermutation(setting.favours, setting.of)
      ? {
          message: `\`favours\` of \`${key}\` must name every choice of \`of\` once`,
          help: 'write all choices from worst to best for the customer, or leave `favours` out where there is no order',
        }
      : undefined,

  (key, setting, settings) => (setting.kind === 'limit' ? boundsProblem(key, setting, settings) : undefined),
];

function valueProblem(key: string, setting: Setting, part: 'default' | 'whenStale', value: unknown) {
  if (setting.kind === 'choice' && !setting.of.includes(value as Choice['of'][number])) {
    return {
      message: `\`${part}\` of \`${key}\` is "${String(value)}", which is none of ${setting.of.join(', ')}`,
      help: part === 'default' ? 'write one of them' : 'write one of them, or `keepLast`',
    };
  }
  if (setting.kind === 'limit' && typeof value === 'number' && !setting.fractional && !Number.isSafeInteger(value)) {
    return {
      message: `\`${part}\` of \`${key}\` is ${value}, which is not a whole number`,
      help: 'write a whole number, or `fractional: true` where halves make sense',
    };
  }
  return undefined;
}

function boundsProblem(key: string, setting: Limit, settings: Settings) {
  const wrong = setting.bounds?.find((name) => !Object.hasOwn(settings, name) || settings[name]?.kind !== 'feature');
  if (wrong === undefined) return undefined;
  return {
    message: `\`bounds\` of \`${key}\` names \`${wrong}\`, which is no feature of this catalogue`,
    help: 'a limit bounds features; name them as they are written here',
  };
}

const isPermutation = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && new Set(one).size === one.length && one.every((word) => other.includes(word));
