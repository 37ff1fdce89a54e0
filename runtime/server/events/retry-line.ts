/**
 * When to come again, in milliseconds: spread, so that a thousand who were cut off at once do not come at once. Who comes in
 * vain comes again after the same time, so a short one would gather them around the moment the server is back.
 */
const RETRY = { least: 3_000, most: 9_000 };

/**
 * The line that says to one reader when to come again.
 *
 * @param spread From 0 to below 1, evenly: any number of them in a row lie apart.
 */
export const retryLine = (spread: () => number): string =>
  `retry: ${Math.round(RETRY.least + spread() * (RETRY.most - RETRY.least))}\n`;
