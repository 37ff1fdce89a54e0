const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;
const LONGEST = 200;

/**
 * What a name stands for, read off the text: what it is set to (`const sub = host.split('.')[0]`), taken out of (`const { slug } = account`,
 * which gives `account.slug`), or one of (`for (const a of accounts)`, `accounts.some((a) => …)`, `join a in db.Accounts`).
 */
export function originsIn(text: string): (name: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (name) => {
    if (!NAME.test(name)) return undefined;
    if (!known.has(name)) known.set(name, findOrigin(text, name.replaceAll('$', '\\$')));
    return known.get(name);
  };
}

function findOrigin(text: string, name: string): string | undefined {
  const set = new RegExp(
    `(?:\\b(?:const|let|var|val|final|auto|my|mut|[A-Z][\\w<>?]{0,60})\\s{1,20}|^[ \\t]{0,200})${name}\\s*(?::\\s{0,20}[\\w<>?.\\[\\] |]{1,120})?\\s*:?=(?![=>])\\s*([^;\\n]{1,300})`,
    'm',
  ).exec(text)?.[1];
  if (set && !/^["'`\d[{(]|^(?:new|null|nil|None|undefined|true|false)\b/.test(set)) return set.slice(0, LONGEST);
  const taken = new RegExp(
    `[{(,]\\s{0,40}${name}\\s{0,20}(?:=[^,}]{0,200})?(?:,[^}=]{0,400})?[})]\\s{0,20}:?=\\s{0,20}([\\w.$?!>-]{1,120})`,
  ).exec(text)?.[1];
  if (taken) return `${taken}.${name}`;
  const among = new RegExp(
    `\\b(?:for|from|join|in)\\b[^\\n]{0,30}\\b${name}\\b[^\\n]{0,12}\\b(?:of|in)\\s{1,20}([\\w.$>-]{1,120})|(?<![\\w.$>-])([\\w.$>-]{1,120}?)[?!]?\\s{0,40}\\.\\w{1,40}[?!]?\\s{0,20}(?:\\(\\s*\\(?|\\{\\s*\\|?)\\s*${name}\\b\\s*(?:\\)?\\s*(?:=>|->)|\\|)`,
  ).exec(text);
  return among?.[1] ?? among?.[2];
}
