/** Languages by their codes of two letters, and the longer ones products are really translated into. */
const codes = new Set(
  `aa ab af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi
  fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv
  kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm
  rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa
  wo xh yi yo za zh zu fil haw ckb hmn ceb yue kab ast english german french spanish italian dutch portuguese japanese chinese`.split(
    /\s+/,
  ),
);

/** Folders that hold texts, in which data is a translation. */
const texts = new Set(['locale', 'locales', 'translation', 'translations', 'i18n', 'l10n', '_locales']);
/** Folders that may hold texts, or something else: only what is named after a language is a translation. */
const maybeTexts = new Set([
  'lang',
  'langs',
  'language',
  'languages',
  'messages',
  'intl',
  'strings',
  'nls',
  'dictionaries',
]);

const data = /\.(json5?|jsonc|ya?ml|toml|properties|po|pot|xlf|xliff|arb|strings|resx|ftl)$/;

/** `en`, `pt-BR`, `zh_Hans`, `es-419`, `zh-Hant-TW`. */
function isLanguage(name: string): boolean {
  const [code = '', ...rest] = name.split(/[-_]/);
  return codes.has(code.toLowerCase()) && rest.every((part) => /^([A-Za-z]{2}|[A-Z][a-z]{3}|419)$/.test(part));
}

/** Whether the name holds a language: `en.json`, `messages_de.ts`, `common.pt-BR.yml`. */
function namesLanguage(name: string): boolean {
  const stem = name.replace(/(\.d)?\.[A-Za-z0-9]+$/, '');
  return isLanguage(stem) || isLanguage(/[._-]([a-z]{2,3}([-_][A-Z]{2})?)$/.exec(stem)?.[1] ?? '');
}

/**
 * Whether a file holds texts in some language, by its name: which is no behaviour, whatever customer it names. `folders` are the parts of its path
 * before the name, and what they say is found once for all that lies in them.
 */
export function translationsIn(folders: readonly string[], from = 0): (name: string) => boolean {
  let [isSure, holdsData, isNamed] = [false, false, false];
  for (const [index, folder] of folders.entries()) {
    if (index < from) continue;
    const lower = folder.toLowerCase();
    const isTexts = texts.has(lower);
    isSure ||= /^values-[a-z]{2}(-r[A-Z]{2})?$/.test(folder) && folders[index - 1] === 'res';
    if (!isTexts && !maybeTexts.has(lower)) continue;
    isSure ||= folders.slice(index + 1).some(isLanguage);
    holdsData ||= isTexts;
    isNamed = true;
  }
  return (name) =>
    isSure ||
    (holdsData && data.test(name)) ||
    (isNamed && namesLanguage(name)) ||
    (data.test(name) && NAMED.test(name) && namesLanguage(name));
}

const NAMED = /(^|[._-])(messages|translations?|locale|i18n|strings)[._-]/i;
