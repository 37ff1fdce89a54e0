/** The words by which products speak of accounts, and those that say that something else is meant. All lower case and singular. */

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** What an account is called. */
export const accountNouns = list(`
  account accounts acct accts customer customers cust client clients tenant tenants org orgs organization organizations organisation organisations company companies
  workspace workspaces merchant merchants subscriber subscribers licensee licensees contract contracts subaccount reseller resellers
`);

/** What of an account tells which it is. */
export const idWords = list(`
  id ids uuid uuids guid guids key keys slug slugs code codes no nr number numbers num name names handle handles subdomain subdomains ref refs sid oid pk identifier identifiers
  alias short external ext uid domain domains email emails mail host hostname origin site shortname shortcode legalname displayname
`);

/** Words around a noun that change nothing: `currentTenant`, `stripe_customer`, `x-tenant-id`. */
export const modifiers = list(`
  current active my the this a an parent owner owning given requested incoming x http req request ctx context stripe crm salesforce hubspot chargebee billing source src target
  from to for by of in is stored found actual expected other root primary main raw get maybe opt db row new old lower lowered upper normalized normalised trimmed key
  vip special beta early pilot legacy enterprise big custom known first
`);

/** Attributes that are never which account it is. */
export const foreignWords = list(`
  kind type types op operation operator mode status state states stage phase plan plans tier tiers role roles level levels region regions country currency locale lang language
  theme color colour colors icon icons shape projection view layout format version protocol scheme method action actions event events command category group topic channel
  unit severity priority reason feature setting permission scope grant direction side position align variant size count length total amount balance price quantity year month day
  date time timezone environment env platform os browser extension suffix mime encoding algorithm
  industry sector segment gender title label tag tags display component element widget tab route path page section field column property attribute selector class
  model provider driver engine adapter strategy issuer 
  created updated verb step wizard animation easing effect sort axis metric aggregation interval frequency
`);

/** Other things that have ids. */
export const otherNouns = list(`
  user users member person people employee author admin order orders product products invoice invoices payment item items page post posts article comment message messages job jobs task tasks
  file files folder document doc project repo repository branch commit build release issue ticket event session token device sensor node cluster server port process thread
  message channel room chat category tag campaign template form field question survey course lesson student teacher patient doctor vehicle driver trip booking room
  hotel flight city country region state currency language locale plan feature flag setting role permission group team application app module package plugin
  extension theme icon color widget component block layer shape chart map marker row column cell table view tab route menu step option choice variant sku
  price coupon discount transaction transfer wallet card bank charge refund dispute webhook endpoint request response error notification alert log metric
  game player match level score song album artist video image photo media asset resource object model instance schema migration query index chapter
`);

/** Names of collections and settings in which accounts are told apart. */
export const specialWords = list(`
  override overrides exception exceptions special specials vip vips beta betas early pilot pilots allow allowed allowlist whitelist white denylist blocklist blocked grandfathered legacy enabled
  custom dedicated exempt exempted skip skipped limit limits cap caps quota quotas seat seats sla slas discount discounts rate rates price prices pricing term terms retention
  entitlement entitlements gate gates rollout preview uplift premium privileged migrated excluded included opted exclusive bespoke retain ttl
  credit credits trial trials grace dunning invoice invoicing contract contracts renewal renewals sso saml scim export exports import imports api call calls usage
  storage db database shard shards cluster clusters dsn url endpoint webhook days hours minutes months percent fee fees tax region residency
  enable disable disabled feature features flag flags plan access support response upgrade license licenses users seatcount budget volume
`);

/** Names of collections in which words are what they say. */
export const foreignCollections = list(`
  icon icons color colors colour colours theme themes route routes translation translations label labels message messages component components projection projections shape shapes
  command commands type types kind kinds locale locales lang langs language languages unit units glyph glyphs image images asset assets font fonts style styles
  keyword keywords token tokens operator operators op ops event events handler handlers reducer reducers action actions mutation mutations symbol symbols dictionary word words
  country countries city cities currency currencies timezone timezones month months planet planets letter letters easing animation animations effect effects
  menu menus nav tab tabs view views page pages widget widgets chart charts layer layers marker markers mime header headers status statuses role roles plan plans
  integration integrations provider providers connector connectors plugin plugins driver drivers adapter adapters algorithm algorithms codec codecs encoding cache caches
`);
