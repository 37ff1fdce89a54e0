import { defineCheck } from './check.ts';
import { secretIn } from './facts/secret-in.ts';
import { newTexts } from './facts/texts-of.ts';

export const check = defineCheck({
  name: 'secret-in-text',
  summary: 'a password, a key or a token stands in a file that many people and machines read',
  scope: 'change',
  severity: 'error',
  options: {
    allowed: {
      kind: 'words',
      default: [],
      description: 'Texts that look like a secret and are none, exactly as they stand.',
    },
  },
  example: {
    finds: {
      'customers/acme.yaml':
        'exceptions: [{ set: { sso: true }, because: "Sign in as ops, password: Harbour-71-light" }]',
    },
    ignores: { 'customers/acme.yaml': 'exceptions: [{ set: { sso: true }, because: They forget one password less. }]' },
  },
  *find(change, { allowed }) {
    for (const { text, at } of newTexts(change)) {
      const secret = secretIn(text);
      if (secret === undefined || allowed.includes(text)) continue;
      yield {
        at,
        message: `this looks like ${secret}`,
        help: 'take it out and change it where it is used: what was committed once is known; write where it is kept instead',
      };
    }
  },
});
