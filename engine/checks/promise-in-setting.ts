import { defineCheck } from './check.ts';
import type { Edited } from './checked-change.ts';
import { newTextsOf, type PlacedText } from './facts/texts-of.ts';

export const check = defineCheck({
  name: 'promise-in-setting',
  summary: 'a text of the product promises how fast or when somebody answers: that is agreed, not switched',
  scope: 'change',
  severity: 'warning',
  options: {},
  example: {
    finds: { 'customers/acme.yaml': 'exceptions: [{ set: { supportText: We answer within 4 hours. } }]' },
    ignores: { 'customers/acme.yaml': 'exceptions: [{ set: { supportText: Write to us from the help menu. } }]' },
  },
  *find(change) {
    const { settings } = change.head.model.world;
    const isText = (key: unknown) =>
      typeof key === 'string' && Object.hasOwn(settings, key) && settings[key]?.kind === 'text';
    for (const document of change.documents as readonly Edited<unknown>[])
      for (const { text, pointer, isKey, at } of newTextsOf(document) as Iterable<PlacedText>) {
        const [place, key] = pointer.slice(-2);
        if (isKey || !['settings', 'set', 'sets'].includes(String(place)) || !isText(key) || !PROMISE.test(text))
          continue;
        yield {
          at,
          message: `${String(key)} promises when somebody answers, which is a term of support: “${text}”`,
          help: 'promise it under `support` of the plan or the contract (`firstResponseHours`, `hours`); the text may say where to read it',
        };
      }
  },
});

const PROMISE =
  /\b(with)?in (a|an|one|the|\d{1,4}) ?(business |working )?(minute|hour|day)s?\b|\b24 ?[/x] ?7\b|\baround the clock\b|\bday and night\b|\b\d{1,4}[ -]?(minute|hour|day)s? (response|answer|reaction)/i;
