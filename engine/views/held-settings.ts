import { onDay } from '../../runtime/terms/at.ts';
import { foldSetting } from '../../runtime/terms/fold.ts';
import type { Customer } from '../../schemas/customer.ts';
import { pointerSteps } from '../compile/pointer-text.ts';
import type { Entry } from '../model.ts';
import { valueText } from '../report/value-text.ts';
import type { AgendaItem } from './agenda-item.ts';
import type { Company } from './company.ts';

/** The settings that a customer keeps although what gave them has ended. */
export function heldSettings(entry: Entry<Customer>, { compiled, world, at }: Company): AgendaItem[] {
  const { timeline } = compiled(entry);
  const { stage, layers } = timeline ? onDay(timeline, at) : { stage: 'closed', layers: [] };
  if (stage === 'closed') return [];
  return layers.flatMap((held) =>
    Object.keys(held.heldSince === undefined ? {} : (held.set ?? {})).flatMap((key): AgendaItem[] => {
      const { value, layer } = foldSetting(world.settings, key, layers);
      if (layer !== held) return [];
      const others = layers.filter((other) => other !== held);
      const label = world.settings[key]?.label ?? key;
      const place = entry.document.locate(held.at === undefined ? ['plan'] : pointerSteps(held.at), 'key');
      return [
        {
          customer: entry.id,
          name: entry.data.name,
          what: `${label} ${valueText(value)} is held since ${held.heldSince}, paid by nothing; it came from ${held.kind === 'quantity' ? 'what was bought' : held.id}, and would be ${valueText(foldSetting(world.settings, key, others).value)}`,
          next: 'agree what they have from now on, and write it down: a plan, an add-on or an exception that names it',
          path: place.path,
          line: place.start.line,
        },
      ];
    }),
  );
}
