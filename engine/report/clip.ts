/** A text of at most so many UTF-16 units; one that is longer ends in an ellipsis, never in half a character. */
export const clip = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
