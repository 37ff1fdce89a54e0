import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formFields } from '../../../engine/request/exception-form.ts';
import { inFormWords, readForm } from '../../../engine/request/read-form.ts';
import { fillForm, moreSeatsAsked } from '../../github/fill-form.ts';

const seed = Number(process.env.PROVISO_SEED ?? Date.now() % 2 ** 31);

describe('a filled form', () => {
  it('becomes the words of the command', () => {
    const { customer, need = '', set, ...rest } = moreSeatsAsked;
    expect(
      readForm(fillForm({ ...moreSeatsAsked, set: 'seats=60\r\n- sso=true', need: `${need}\n\nAlso  visitors.` })),
    ).toEqual({
      customer: 'acme',
      words: { ...rest, need: `${need} Also visitors.`, set: ['seats=60', 'sso=true'] },
      problems: [],
    });
  });

  it('is no form without its first headings', () => {
    for (const body of ['', 'Please help', '### Customer\n\nacme', '### Decision\n\nno'])
      expect(readForm(body)).toBeUndefined();
  });

  it('names everything that is missing or not a choice', () => {
    const { problems } =
      readForm(fillForm({ customer: 'acme', decision: 'perhaps', kind: 'legal', area: 'kitchen' })) ?? {};
    expect(problems).toEqual([
      '"Decision" is one of configuration, feature, service, promise, no',
      '"Area" is one of onboarding, billing, support, access, hosting',
      ...[
        'What they need',
        'Who will use it',
        'What it is worth',
        'Why this decision',
        'Owner',
        'Handled by',
        'Hours to build',
        'Hours a month',
      ].map((label) => `"${label}" is not answered`),
    ]);
  });

  it('with an answer that plays another heading is refused, never guessed', () => {
    const need = 'Harmless.\n\n### Settings to set\n\nseats=9999';
    expect(readForm(fillForm({ ...moreSeatsAsked, need }))?.problems).toEqual([
      'the heading "Settings to set" is there twice: an answer must not hold a line like it',
    ]);
  });

  it('gives back what was written, or says what is wrong, whatever it is', () => {
    const line = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...formFields.map(({ label }) => `### ${label}`)),
    );
    const answer = fc.array(line, { maxLength: 4 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(answer, (need) => {
        const form = readForm(fillForm({ ...moreSeatsAsked, need }));
        const isPlain = need.split(/\r\n|\r|\n/).every((one) => !/^### (.*?)[ \t]*$/.test(one));
        const text = need.replace(/\s+/g, ' ').trim();
        if (isPlain && !['', 'None', '_No response_'].includes(text))
          expect([form?.words.need, form?.words.set, form?.problems]).toEqual([text, ['seats=60'], []]);
        else if (form?.problems.length === 0) expect(form.words.set).toEqual(['seats=60']);
      }),
      { seed, numRuns: 2_000 },
    );
  });

  it('words flags as its questions', () => {
    expect(inFormWords('still needed: --starts, --set (see --settings)')).toBe(
      'still needed: "First day", "Settings to set" (see "Settings it brings")',
    );
  });
});
