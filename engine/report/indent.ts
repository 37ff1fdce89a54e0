/** Every line that is not empty, two spaces in. */
export const indent = (text: string): string => text.replace(/^(?=.)/gm, '  ');
