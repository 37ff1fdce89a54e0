/** What a weekly review goes through, in this order. */
export const agendaTopics = [
  'newAsks',
  'unpaid',
  'endingSoon',
  'overdue',
  'broken',
  'held',
  'repeated',
  'details',
] as const;
export type AgendaTopic = (typeof agendaTopics)[number];

/** One thing to talk about, with its next step. */
export interface AgendaItem {
  /** By id; absent where it is about several or about no customer. */
  customer?: string | undefined;
  /** The company's name. */
  name?: string | undefined;
  /** In words. */
  what: string;
  /** The next step, in words. */
  next: string;
  path: string;
  line: number;
}

export type Agenda = Readonly<Record<AgendaTopic, readonly AgendaItem[]>>;
