import type { Situation } from '../syntax/situation.ts';

type Words = (about: { subject: string; holder: string }) => string;

const words: Readonly<Record<Exclude<Situation['how'], 'setting'>, Words>> = {
  equality: ({ subject }) => `is compared with ${subject}`,
  case: ({ subject }) => `is a branch of ${subject}`,
  membership: ({ subject, holder }) =>
    subject === ''
      ? `is in ${holder ? `the list ${holder}` : 'a list'}`
      : holder
        ? `is in the list ${holder} in which ${subject} is looked up`
        : `is among what ${subject} is compared with`,
  key: ({ subject, holder }) =>
    `is a key of ${holder || 'a map'}${subject ? `, in which ${subject} is looked up` : ''}`,
  affix: ({ subject }) => `is what ${subject} is tested to begin or end with`,
  pattern: ({ subject }) => `is a pattern for ${subject}`,
  query: ({ subject }) => `is what a query wants ${subject} to be`,
  enum: ({ holder }) => `is a member of ${holder || 'an enumeration'}`,
  environment: () => 'is an environment variable of its own',
  flag: () => 'is a feature flag of its own',
  fallback: ({ subject }) => `is what ${subject} is when nothing is set`,
  argument: ({ subject }) => `is named to ${subject}`,
  decorator: ({ subject }) => `is named in @${subject.replaceAll('`', '')}`,
  property: ({ subject, holder }) => `is the ${subject}${holder ? ` of ${holder}` : ''}`,
  element: ({ holder }) => `is in the list ${holder}`,
  held: ({ holder }) => `is kept in ${holder}`,
  named: () => 'is a constant of its own',
};

/** Why it is a rule: the end of a sentence that begins with the literal. */
export function whyItDecides(situation: Situation, scope = ''): string {
  const { how, subject = '', holders } = situation;
  if (how === 'setting') return whyItIsSet(situation);
  const holder = holders.find((name) => name !== '' && name !== subject) ?? '';
  return words[how]({
    subject: quote(
      subject ||
        (how === 'key' || how === 'membership'
          ? ''
          : how === 'case' || how === 'equality'
            ? 'a condition'
            : scope || 'what is asked'),
    ),
    holder: quote(holder),
  });
}

function whyItIsSet({ subject = '', holders, setting }: Situation): string {
  const [first = '', second = ''] = holders;
  if (setting?.isKey) return first ? `is a key of ${quote(first)}` : 'is a setting of its own';
  if (setting?.isElement) return `is in the list ${quote(subject)}`;
  return `is the ${quote(subject)}${second ? ` of ${quote(second)}` : ''}`;
}

function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('`', "'").trim();
  return line === '' ? '' : `\`${line.length > 60 ? `${line.slice(0, 59)}…` : line}\``;
}
