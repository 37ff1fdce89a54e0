import type { ListedException } from '../views/listed-exception.ts';
import { csv } from './csv.ts';

const columns: Readonly<Record<string, (exception: ListedException) => string | number | undefined>> = {
  area: ({ area }) => area,
  customer: ({ customer }) => customer,
  name: ({ name }) => name,
  id: ({ id }) => id,
  decision: ({ decision }) => decision,
  need: ({ need }) => need,
  does: ({ does }) => does,
  state: ({ state }) => state,
  until: ({ until }) => until,
  askedBy: ({ askedBy }) => askedBy,
  askedOn: ({ askedOn }) => askedOn,
  neededBy: ({ neededBy }) => neededBy,
  because: ({ because }) => because,
  usedBy: ({ usedBy }) => usedBy,
  livesIn: ({ livesIn }) => livesIn,
  owner: ({ owner }) => owner,
  handledBy: ({ handledBy }) => handledBy,
  hoursPerMonth: ({ hoursPerMonth }) => hoursPerMonth,
  buildHours: ({ buildHours }) => buildHours,
  worth: ({ worth }) => worth.amount,
  worthCurrency: ({ worth }) => worth.currency,
  worthPer: ({ worth }) => worth.per,
  demand: ({ demand }) => demand.join(' '),
  alike: ({ alike }) => alike.join(' '),
  alikeInAll: ({ alikeInAll }) => alikeInAll,
  suggestion: ({ suggestion }) => suggestion.verdict,
  suggestionBecause: ({ suggestion }) => suggestion.because,
  file: ({ path, line }) => `${path}:${line}`,
};

/** Every exception as a row for a spreadsheet. */
export const exceptionsCsv = (listed: readonly ListedException[]): string =>
  csv(
    Object.keys(columns),
    listed.map((exception) => Object.values(columns).map((read) => read(exception))),
  );
