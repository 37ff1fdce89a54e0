/** Secrets whose form gives them away. Linear patterns only: the text is anybody's. */
const forms: readonly [RegExp, string][] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY/, 'a private key'],
  // How every one of Ed25519 begins, where the lines around it were left out.
  [/MC4CAQAwBQYDK2VwBCIEI[A-Za-z0-9+/]{20}/, 'a private key'],
  [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/, 'an access key of a cloud'],
  [/\b(gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,}|glpat-[A-Za-z0-9_-]{16,})/, 'a token of a code host'],
  [/\b(sk|rk|pk)_(live|test)_[A-Za-z0-9]{16,}/, 'a key of a payment provider'],
  [/\bsk-[A-Za-z0-9_-]{24,}/, 'an API key'],
  [/\bxox[abposr]-[A-Za-z0-9-]{10,}/, 'a chat token'],
  [/\bAIza[A-Za-z0-9_-]{35}/, 'an API key'],
  [/\bnpm_[A-Za-z0-9]{30,}/, 'a token of a package registry'],
  [/\bSG\.[A-Za-z0-9_-]{16,100}\.[A-Za-z0-9_-]{16}/, 'a key of a mail provider'],
  [/\beyJ[A-Za-z0-9_-]{8,1000}\.eyJ[A-Za-z0-9_-]{8,1000}\./, 'a signed token'],
  [
    /\bhooks\.slack\.com\/services\/[A-Z0-9]{1,40}\/[A-Z0-9]{1,40}\/[A-Za-z0-9]/,
    'a webhook address that anybody can post to',
  ],
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{1,100}:[^\s/@]{3,100}@/, 'a password in an address'],
];

/** `password: x`, `api key = x`, `token is x`. */
const named =
  /\b(pass(?:word|wd|phrase|code)|pwd|secret|api[ _-]?key|access[ _-]?key|private[ _-]?key|auth[ _-]?token|access[ _-]?token|bearer|token|credentials?)["'“”]?\s{0,3}(?:[:=]|\bis\b)\s{0,3}["'“”]?([^\s"'“”]{6,200})/gi;

const WORD = /[A-Za-z0-9+/_=-]{28,}/g;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What secret a text seems to hold, in words that do not repeat it. */
export function secretIn(text: string): string | undefined {
  for (const [form, what] of forms) if (form.test(text)) return what;
  for (const match of text.matchAll(named))
    if (isValue(match[2] ?? '')) return `a secret: the value of “${match[1]?.toLowerCase()}”`;
  for (const [word] of text.matchAll(WORD))
    if (isRandom(word)) return `a key or a token: ${word.length} characters that say nothing`;
  return undefined;
}

/** Not a word of a sentence (`the token is refreshed`), nor a place where a value would stand (`<token>`, `$TOKEN`). */
function isValue(value: string): boolean {
  const bare = value.replace(/[.,;:!?)\]]+$/, '');
  if (bare.length < 6 || /^[<{$[(*…]/.test(bare) || /^[*x•.]+$/i.test(bare)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(bare)).length;
  return kinds >= 3 || (kinds === 2 && /[0-9]/.test(bare));
}

/** Letters of both cases and digits, mixed as no name or path is. */
function isRandom(word: string): boolean {
  if (UUID.test(word) || word.includes('/') || !/[a-z]/.test(word) || !/[A-Z]/.test(word) || !/[0-9]/.test(word))
    return false;
  // A name in parts (`PROD-2026-Enterprise-Renewal`) changes its kind of letter at its joints and rarely elsewhere.
  const changes = [...word].filter(
    (letter, index) => index > 0 && kindOf(letter) !== kindOf(word[index - 1] ?? ''),
  ).length;
  return changes >= word.length * 0.4 && entropyOf(word) >= 4;
}

const kindOf = (letter: string): number =>
  /[a-z]/.test(letter) ? 0 : /[A-Z]/.test(letter) ? 1 : /[0-9]/.test(letter) ? 2 : 3;

/** Bits a character, by how often each occurs (Shannon). */
function entropyOf(word: string): number {
  const counts = new Map<string, number>();
  for (const letter of word) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / word.length) * Math.log2(count / word.length), 0);
}
