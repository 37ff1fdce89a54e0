import { lookAlike } from '../register/questions/look-alike.ts';
import { registerOf } from '../register/register.ts';
import { defineCheck } from './check.ts';
import { hiddenIn, mixedIn, skeletonOf } from './facts/look-alikes.ts';
import { placeIn } from './facts/place-in.ts';
import { newTexts } from './facts/texts-of.ts';

export const check = defineCheck({
  name: 'odd-characters',
  summary:
    'a text holds what nobody can see, letters of two scripts in one word, or a name that looks like another customer’s',
  scope: 'change',
  severity: 'error',
  options: {},
  example: {
    finds: { 'customers/globex.yaml': 'name: "Glob\\u0435x"' },
    ignores: { 'customers/globex.yaml': 'name: Glòbex Größe' },
  },
  *find(change) {
    for (const { text, at } of newTexts(change)) {
      const hidden = hiddenIn(text);
      const mixed = hidden === undefined ? mixedIn(text) : undefined;
      if (hidden !== undefined)
        yield {
          at,
          message: `there is ${hidden} here, which nobody can see in a review`,
          help: 'remove it, or type the text again',
        };
      if (mixed !== undefined)
        yield {
          at,
          message: `one word here has letters of two scripts that look alike: ${mixed}`,
          help: 'type the word again, with the letters of one script',
        };
    }
    const renamed = change.customers.filter(({ before, after }) => after && before?.data.name !== after.data.name);
    const register = registerOf(change.head.model.customers);
    for (const { id, after } of renamed) {
      if (!after) continue;
      const { name } = after.data;
      const other = register
        .find(lookAlike, skeletonOf(name))
        .find(({ customer, value }) => customer !== id && value !== name);
      if (!other) continue;
      yield {
        at: placeIn(after, 'name'),
        message: `this name looks like that of ${other.customer}, and is written with other characters`,
        help: 'type it again; two companies of one name are told apart by a place or a legal form',
      };
    }
  },
});
