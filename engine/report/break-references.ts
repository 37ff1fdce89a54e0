/** A space of no width, which GitHub's own bots use to the same end. */
const BREAK = '&#8203;';

/**
 * `@name`, but not `studio@2` or an address of mail, which mention nobody and are copied; `#12`, but not the start of an
 * entity; `GH-12`, `https://…`, `www.…`, `:tada:`.
 */
const REFERENCE = /(?<![A-Za-z0-9_])@|(?<!&)#|\bGH(?=-)|www(?=\.)|:(?=\/|[\w+\\-]+:)/gi;

/**
 * GitHub turns names, numbers and addresses into mentions and links after Markdown has been read, so escaping does not
 * keep them from notifying people: only what stands between their characters does. For text whose `&` is escaped.
 */
export const breakReferences = (escaped: string): string => escaped.replace(REFERENCE, (found) => found + BREAK);
