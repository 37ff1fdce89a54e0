import type { Exception } from '../schemas/exception.ts';
import { flowText, type Written } from './edit/write-yaml.ts';

/** What an exception does, on one line: `sets { seats: 60 }`. */
export function whatItDoes(exception: Exception): string {
  switch (exception.decision) {
    case 'configuration':
      return inWords({ sets: exception.set, adds: exception.add, access: exception.access });
    case 'promise':
      return inWords({ promises: exception.terms });
    case 'feature':
      return `becomes part of the product${exception.settings ? `: ${exception.settings.join(', ')}` : ''}`;
    case 'service':
      return `is sold as work${exception.price ? ` for ${exception.price.amount} ${exception.price.currency}` : ''}`;
    default:
      return `is refused${namesOf(exception.refuses)}`;
  }
}

/** What a refusal blocks: `: sso, exportReports`. */
const namesOf = ({
  settings = [],
  actions = [],
}: {
  settings?: readonly string[];
  actions?: readonly string[];
} = {}) => (settings.length + actions.length === 0 ? '' : `: ${[...settings, ...actions].join(', ')}`);

const inWords = (parts: Readonly<Record<string, unknown>>): string =>
  Object.entries(parts)
    .flatMap(([word, part]) => (part === undefined ? [] : [`${word} ${flowText(part as Written)}`]))
    .join(', ');
