import type { Question } from '../question.ts';

/** The highest number that records of a customer have, by what stands before it: `EX-` of exceptions, `C-2027-` of contracts. */
export const highestNumber: Question<number> = {
  word: 'number',
  answers({ data: { exceptions = [], contracts = [] } }) {
    const highest = new Map<string, number>();
    for (const { id } of [...exceptions, ...contracts]) {
      const [, series, number] = NUMBERED.exec(id) ?? [];
      if (series !== undefined) highest.set(series, Math.max(highest.get(series) ?? 0, Number(number)));
    }
    return highest;
  },
};

const NUMBERED = /^(EX-|C-\d{4}-)(\d{1,9})$/;
