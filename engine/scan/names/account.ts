/** A customer as the scanner knows it: everything product source might name it by. */
export interface Account {
  id: string;
  name: string;
  aliases: readonly string[];
  /** Without `@` and without a leading dot. */
  domains: readonly string[];
  /** Ids other systems know it by: `{ stripe: 'cus_Nw9' }`; a number is an id of the product's own rows. */
  externalIds: Readonly<Record<string, string>>;
  /** E-mail addresses of its people. */
  people: readonly string[];
}
