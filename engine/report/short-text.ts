const MOST = 48;

/** Text for one cell of a table: a long one would push the columns beside it off the screen. */
export const shortText = (text: string): string => (text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text);
