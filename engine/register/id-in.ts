/** The id of the customer a file is about. */
export const idIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length);
