/** The rows of a register that are no answers to a question: which files there are, and which have to be read each time. */

/** A customer of the model, by its id; the value is git's id of its file. */
export const customerKey = (id: string): string => `customer ${id}`;

/** A customer's file, by its id in lower case, whatever is in it. */
export const fileKey = (id: string): string => `file ${id.toLowerCase()}`;

/** A file to be read each time: something is wrong with it, it clashes with another, or it is none of ours and lies among them. */
export const AGAIN = 'again';
