import type { Ask } from './ask.ts';
import { checkDay } from './check-day.ts';
import type { OpenQuestions } from './propose-renewal.ts';

/** Asks of every exception that ends with a contract whether it is still needed; the answers as `--keep` and `--drop` say them. */
export async function answerStillNeeded(
  ask: Ask,
  { questions }: OpenQuestions,
): Promise<{ keep: readonly string[]; drop: readonly string[] }> {
  const keep: string[] = [];
  const drop: string[] = [];
  for (const { id, need, does, owner, until } of questions) {
    const answer = await ask({
      message: `${id} ends on ${until}: is it still needed? ${need} It ${does}; owner ${owner}.`,
      choices: [
        { value: 'contract', hint: 'as long as the next contract' },
        { value: 'day', hint: 'until a day' },
        { value: 'drop', hint: 'not needed any more' },
      ],
    });
    if (answer === 'drop') drop.push(id);
    else if (answer === 'contract') keep.push(`${id}=contract`);
    else keep.push(`${id}=${await ask({ message: `${id}: its last day?`, check: checkDay })}`);
  }
  return { keep, drop };
}
