import { priceOf, refOf } from '../engine/edit/new-plan.ts';
import { parseNumber } from '../engine/edit/parse-words.ts';
import type { Ask } from './ask.ts';
import type { Context, Words } from './command.ts';
import { openFolder } from './open-folder.ts';

const none = 'none';

/** Asks for what a plan must have: a name of its own and either a plan to copy, or a name, a rank and a price. */
export async function completePlan(context: Context & { ask: Ask }, { args, options }: Words): Promise<Words> {
  const { ask } = context;
  const { model } = await openFolder(context);
  const plan =
    args.plan ??
    (await ask({
      message: 'Which plan? Such as studio@3, or studio for its next version.',
      check: (words) => refOf(words, model),
    }));
  const given: Record<string, boolean | string | readonly string[] | undefined> = { ...options };
  const isPriced = ['price', 'free', 'contact-sales', 'formula'].some(
    (form) => given[form] !== undefined && given[form] !== false,
  );
  const isWritten = given.name !== undefined || given.rank !== undefined || isPriced;
  if (given.from === undefined && !isWritten && model.world.plans.size > 0) {
    const from = await ask({
      message: 'Is it like another plan?',
      choices: [
        { value: none, hint: 'a plan of its own' },
        ...[...model.world.plans.values()].map(({ id, data }) => ({ value: id, hint: data.name })),
      ],
    });
    if (from !== none) given.from = from;
  }
  if (given.from !== undefined) return { args: { ...args, plan }, options: given };

  given.name ??= await ask({ message: 'What do people call it?' });
  given.rank ??= await ask({
    message: 'Its rank? Higher than another plan is an upgrade from it.',
    check: (words) => parseNumber(words, 'rank'),
  });
  if (!isPriced) {
    const form = await ask({
      message: 'What does it cost?',
      choices: [
        { value: 'price', hint: 'an amount' },
        { value: 'free', hint: 'nothing' },
        { value: 'contact-sales', hint: 'priced deal by deal' },
        { value: 'formula', hint: 'in words' },
      ],
    });
    given[form] =
      form === 'price'
        ? await ask({ message: 'How much? Such as 49.00 USD month.', check: priceOf })
        : form === 'formula'
          ? await ask({ message: 'In which words? Such as: 1% of volume, at most $99.' })
          : true;
  }
  return { args: { ...args, plan }, options: given };
}
