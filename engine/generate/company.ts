import { addDays, previousDay } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import { type Chance, chanceFrom } from './chance.ts';

/** An invented company and the choices that are still to be made for it. */
export interface Company {
  index: number;
  id: string;
  name: string;
  domain: string;
  chance: Chance;
}

const firsts = [
  'Amber',
  'Birch',
  'Cobalt',
  'Delta',
  'Ember',
  'Fjord',
  'Garnet',
  'Hazel',
  'Indigo',
  'Juniper',
  'Kestrel',
  'Larch',
  'Maple',
  'North',
  'Opal',
  'Pine',
  'Quartz',
  'Raven',
  'Slate',
  'Tidal',
];
const seconds = [
  'Analytics',
  'Brothers',
  'Clinic',
  'Dental',
  'Energy',
  'Films',
  'Freight',
  'Games',
  'Harbor',
  'Insurance',
  'Kitchens',
  'Labs',
  'Logistics',
  'Media',
  'Outdoor',
  'Partners',
  'Press',
  'Rail',
  'Studio',
  'Works',
];

/** The company of that number: always the same for a seed, whatever comes before and after it. */
export function companyOf(seed: number, index: number): Company {
  const chance = chanceFrom(seed * 1_000_003 + index);
  const name = `${chance.pick(firsts)} ${chance.pick(seconds)} ${index}`;
  const id = name.toLowerCase().replaceAll(' ', '-');
  return { index, id, name, domain: `${id}.example`, chance };
}

/** The first day of a month counted from January 2025. */
export function monthStart(month: number): Day {
  const year = 2025 + Math.floor(month / 12);
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}-01`;
}

/** The last day before that month. */
export const monthEnd = (month: number): Day => previousDay(monthStart(month));

/** A day of that month. */
export const dayIn = (chance: Chance, month: number): Day => addDays(monthStart(month), chance.int(1, 26));

export const dollars = (amount: number): string => `${amount}.00`;
