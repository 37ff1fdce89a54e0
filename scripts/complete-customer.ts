import { checkFreeId } from '../engine/edit/new-customer.ts';
import type { Ask } from './ask.ts';
import { choosePlan } from './choose-plan.ts';
import type { Context, Words } from './command.ts';
import { openEditable } from './open-editable.ts';

/** Asks for what a new customer must have: an id, a name and a plan. */
export async function completeCustomer(context: Context & { ask: Ask }, { args, options }: Words): Promise<Words> {
  const { ask } = context;
  const isWhole = args.id !== undefined && options.name !== undefined && options.plan !== undefined;
  if (isWhole) return { args, options };
  const { model, paths } = await openEditable(context);
  const id =
    args.id ??
    (await ask({ message: 'Which id? It is the name of the file.', check: (words) => checkFreeId(words, paths()) }));
  const name = options.name ?? (await ask({ message: 'What do people call it?', initial: inWords(String(id)) }));
  const plan = options.plan ?? (await choosePlan(ask, model, 'Which base plan?'));
  return { args: { ...args, id }, options: { ...options, name, plan } };
}

/** `pixel-and-co` → `Pixel And Co` */
const inWords = (id: string): string =>
  id.replace(/(^|-)([a-z])/g, (_, dash, letter) => (dash ? ' ' : '') + letter.toUpperCase());
