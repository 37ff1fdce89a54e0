import type { Idioms } from '../idioms.ts';

export const rust: Idioms = {
  decides: {
    'compares with an id': [
      `fn terms(account: &Account) -> u32 {\n    if account.id == "zephyra" {\n        return 60;\n    }\n    30\n}`,
      `fn f(tenant_id: &str) -> u32 { if tenant_id == "zephyra" { 0 } else { 7 } }`,
      `fn f(t: &Tenant) -> bool { t.slug.as_str().eq("zephyra") }`,
      `fn f(account: &Account) -> bool { account.id == AccountId::from("zephyra") }`,
      `fn f(id: Option<&str>) -> bool { id == Some("zephyra") }`,
      `fn f(account: &Account) { ensure!(account.slug == "zephyra", "not allowed"); }`,
    ],
    'compares the other way round': [`fn f(org: &Org) { if "zephyra" == org.slug { enable(); } }`],
    'compares for inequality': [
      `fn f(w: &Workspace) { if w.slug != "zephyra" { charge(w); } }`,
      `fn f(w: &Workspace) -> bool { w.slug.ne("zephyra") }`,
    ],
    'compares an ordinary word with an account': [
      `fn retries(c: &Customer) -> u8 { if c.key == "delta" { 12 } else { 3 } }`,
      `fn f(account_id: &str) -> bool { account_id == "globe" }`,
    ],
    'compares with a name': [
      `fn label(org: &Org) -> &str { if org.name == "Zephyra Labs GmbH" { "USt-IdNr." } else { "VAT" } }`,
    ],
    'compares with a number': [
      `fn f(account_id: i64) -> bool { account_id == 61204 }`,
      `fn f(company: &Company) -> bool { company.id == CompanyId(91_002) }`,
      `fn f(account_id: u64) -> bool { account_id == 61_204u64 }`,
    ],
    'compares with a UUID': [
      `fn f(id: Uuid) -> bool { id == uuid!("5d1c9a52-7f0e-4b61-9a3c-2f8e6d4b7a10") }`,
      `fn f(id: Uuid) -> bool { id == Uuid::parse_str("5d1c9a52-7f0e-4b61-9a3c-2f8e6d4b7a10").unwrap() }`,
    ],
    'compares ignoring case': [
      `fn f(tenant: &str) -> bool { tenant.eq_ignore_ascii_case("zephyra") }`,
      `fn f(tenant: &str) -> bool { tenant.to_lowercase() == "zephyra" }`,
    ],
    'switches on the account': [
      `fn f(account: &Account) -> u32 {\n    match account.slug.as_str() {\n        "lumora" | "delta" => 700, // <<\n        _ => 5,\n    }\n}`,
      `fn f(a: &Account) -> u32 {\n    match (a.slug.as_str(), a.region) {\n        ("delta", _) => 700, // <<\n        _ => 5,\n    }\n}`,
      `fn f(id: u64) -> u32 {\n    match account_id {\n        61204 => 1, // <<\n        _ => 2,\n    }\n}`,
      `fn f(slug: &str) -> u32 {\n    match slug {\n        s if s.starts_with("zephyra-") => 1, // <<\n        _ => 2,\n    }\n}`,
      `fn f(account: &Account) { if let Some("zephyra") = account.slug.as_deref() { go(); } }`,
      `fn f(account: &Account) -> bool { matches!(account.slug.as_str(), "zephyra" | "delta") }`,
      `fn f(a: Account) -> u32 {\n    match a {\n        Account { slug: "zephyra", .. } => 1, // <<\n        _ => 2,\n    }\n}`,
    ],
    'looks in a list': [
      `fn f(acct: &str) -> bool { ["zephyra", "lumora"].contains(&acct) }`,
      `fn f(account: &Account) -> bool { ["delta", "lumora"].iter().any(|id| *id == account.id) }`,
      `fn f(acct: &str) -> bool { vec!["zephyra", "lumora"].contains(&acct) }`,
      `fn f(acct: &str) { assert_valid(acct); if HashSet::from(["zephyra", "lumora"]).contains(acct) { go(); } }`,
    ],
    'keeps a list and looks in it later': [
      `const EARLY: &[&str] = &["zephyra", "lumora"]; // <<\n\nfn early(t: &str) -> bool { EARLY.contains(&t) }`,
      `static EARLY: Lazy<HashSet<&'static str>> = Lazy::new(|| HashSet::from(["zephyra", "lumora"])); // <<\n\nfn early(t: &str) -> bool { EARLY.contains(t) }`,
      `static EARLY: phf::Set<&'static str> = phf_set! { "zephyra", "lumora" }; // <<\n\nfn early(t: &str) -> bool { EARLY.contains(t) }`,
      `lazy_static! {\n    static ref EARLY: Vec<&'static str> = vec!["zephyra", "lumora"]; // <<\n}\n\nfn early(t: &str) -> bool { EARLY.contains(&t) }`,
      `fn vips() -> Vec<&'static str> {\n    vec!["zephyra", "lumora"] // <<\n}\n\nfn vip(t: &str) -> bool { vips().contains(&t) }`,
    ],
    'keys a map and reads it later': [
      `static HOURS: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| HashMap::from([("zephyra", 1)])); // <<\n\nfn hours(t: &str) -> u32 { *HOURS.get(t).unwrap_or(&24) }`,
      `static HOURS: phf::Map<&'static str, u32> = phf_map! {\n    "zephyra" => 1, // <<\n};\n\nfn hours(t: &str) -> u32 { HOURS.get(t).copied().unwrap_or(24) }`,
      `lazy_static! {\n    static ref HOURS: HashMap<&'static str, u32> = {\n        let mut m = HashMap::new();\n        m.insert("zephyra", 1); // <<\n        m\n    };\n}`,
      `fn hours() -> HashMap<&'static str, u32> {\n    let mut hours = HashMap::new();\n    hours.insert("zephyra", 1); // <<\n    hours\n}`,
      `fn f(m: &HashMap<String, u32>) -> u32 { m["zephyra"] }`,
    ],
    'keys a map of overrides': [
      `static OVERRIDES: Lazy<HashMap<&str, Limits>> = Lazy::new(|| {\n    hashmap! {\n        "delta" => Limits { api_calls: 2_000_000 }, // <<\n    }\n});`,
      `const OVERRIDES: &[Override] = &[\n    Override { account: "delta", seats: 700 }, // <<\n    Override { account: "zephyra", seats: 40 }, // <<\n];`,
      `const SEAT_OVERRIDES: [(&str, u32); 2] = [("zephyra", 700), ("lumora", 40)];`,
    ],
    'tests a prefix': [
      `fn f(org: &Org) -> bool { org.slug.starts_with("zephyra-") }`,
      `fn f(slug: &str) -> Option<&str> { slug.strip_prefix("zephyra-") }`,
    ],
    'tests the domain of an e-mail': [
      `fn role(email: &str) -> Role { if email.ends_with("@zephyra.example") { Role::Editor } else { Role::Viewer } }`,
      `fn f(email: &str) -> bool { email.rsplit('@').next() == Some("zephyra.example") }`,
    ],
    'matches a pattern': [
      `static GLOBE: Lazy<Regex> = Lazy::new(|| Regex::new(r"globe\\.example$").unwrap()); // <<\n\nfn globe(host: &str) -> bool { GLOBE.is_match(host) }`,
      `fn f(host: &str) -> bool { Regex::new(r"^zephyra\\.").unwrap().is_match(host) }`,
    ],
    'keeps a constant and compares later': [
      `const VIP: &str = "zephyra"; // <<\n\nfn skip(account: &Account) -> bool { account.slug == VIP }`,
      `struct Dunning;\nimpl Dunning {\n    const VIP: &'static str = "zephyra"; // <<\n    fn skip(&self, slug: &str) -> bool { slug == Self::VIP }\n}`,
      `fn f(account: &Account) -> bool {\n    let vip = "zephyra".to_string(); // <<\n    account.slug == vip\n}`,
    ],
    'names a member of an enumeration': [
      `pub enum SpecialTenant {\n    Zephyra, // <<\n    Delta, // <<\n}`,
      `pub mod special_tenants {\n    pub const ZEPHYRA: &str = "zephyra"; // <<\n}`,
    ],
    'reads an environment variable': [
      `fn days() -> String { std::env::var("ZEPHYRA_RETENTION_DAYS").unwrap_or_default() }`,
      `fn seats() -> Option<&'static str> { option_env!("DELTA_SEATS") }`,
      `#[derive(Parser)]\nstruct Args {\n    #[arg(long, env = "ZEPHYRA_SEATS")] // <<\n    seats: u32,\n}`,
      `fn seats(settings: &Config) -> u32 { settings.get::<u32>("zephyra.seats").unwrap() }`,
    ],
    'asks for a flag': [
      `fn f(flags: &Flags) -> bool { flags.is_enabled("zephyra-bulk-export") }`,
      `#[cfg(feature = "zephyra")] // <<\nfn bulk_export() {}`,
      `fn f() -> bool { cfg!(feature = "zephyra-export") }`,
    ],
    'queries for one account': [
      `fn f(c: &mut Conn) { usage.filter(account_id.eq("delta")).load(c); }`,
      `fn f() { Entity::find().filter(account::Column::Slug.eq("delta")).all(&db); }`,
      `fn f() { sqlx::query("SELECT seats FROM plans WHERE tenant = $1").bind("zephyra"); }`,
      `fn f() { sqlx::query!("SELECT seats FROM plans WHERE tenant = $1", "delta"); }`,
      `fn f() { let filter = doc! { "tenant_id": "zephyra" }; }`,
    ],
    'embeds SQL': [
      `fn f() { sqlx::query!("SELECT * FROM usage WHERE account_id = 'zephyra' AND kind = 'api'"); }`,
      `const Q: &str = r#"SELECT 1 FROM "usage" WHERE tenant IN ('delta', 'lumora')"#;`,
    ],
    'defaults to an account': [
      `fn beta(org_id: &str) -> bool {\n    env::var("BETA_ORG_IDS").unwrap_or_else(|_| "org_2f81c".to_string()).split(',').any(|o| o == org_id)\n}`,
      `fn tenant(req: &Request) -> &str { req.tenant.unwrap_or("zephyra") }`,
    ],
    'compares with an id in no list': [`fn f(sub: &Subscription) -> bool { sub.customer == "cus_TJr3b78dc7HuyQ" }`],
    'compares with a number in no list': [
      `fn hidden(account_id: i64) -> bool { account_id == 4711 }`,
      `fn hidden(account_id: i64) -> bool { [25, 26].contains(&account_id) }`,
    ],
    'keeps a date of one contract': [
      `const ZEPHYRA_RENEWAL: Date = date!(2027 - 03 - 31);`,
      `const ZEPHYRA_CONTRACT_END: &str = "2027-03-31";`,
    ],
    'names an approver': [
      `fn f(approver: &User) -> bool { approver.email == "legal@zephyra.example" }`,
      `fn f(approver_email: &str) -> bool { approver_email == "cfo@somewhere.example" }`,
    ],
  },
  doesNotDecide: {
    'is a comment': [
      `// Never write \`if account.id == "zephyra"\` here.\nfn terms(a: &Account) -> Terms { resolve(a.id) }`,
      `/* account.id == "zephyra" */\nconst X: u8 = 1;`,
    ],
    'is documentation': [
      `/// Replaces \`account.id == "zephyra"\`.\nfn terms() {}`,
      `//! if account.id == "zephyra"\n`,
    ],
    'is logged': [
      `fn f() { info!("nightly import for zephyra finished: {}", rows); }`,
      `fn f() { tracing::info!(tenant = "zephyra", "imported"); }`,
      `fn f() { println!("{}", "zephyra"); }`,
    ],
    'is thrown': [
      `fn f() { panic!("zephyra"); }`,
      `fn f() -> Result<()> { Err(anyhow!("zephyra")) }`,
      `fn f() -> Result<()> { bail!("zephyra is not reachable") }`,
      `fn f() -> Result<()> { load().context("zephyra")?; Err("zephyra".into()) }`,
    ],
    'is imported': [
      `use zephyra::client;\nuse crate::vendors::{delta, zephyra as z};\nfn f() { client(); crate::vendors::zephyra::send(); }`,
      `mod zephyra;\nextern crate zephyra;`,
    ],
    'is another kind of thing': [
      `fn f(kind: &str) -> bool { kind == "delta" }`,
      `fn f(event: &Event) { match event.kind.as_str() { "delta" => apply(event), _ => {} } }`,
      `fn f(v: i32) -> i32 { let delta = v - last; delta }`,
      `enum Projection { Globe, Mercator }`,
    ],
    'is a key of icons': [
      `static ICONS: phf::Map<&'static str, Icon> = phf_map! { "globe" => GLOBE_ICON, "delta" => DELTA_ICON };`,
    ],
    'compares two variables': [`fn f(a: &Account, b: &Account) -> bool { a.id == b.id }`],
    'compares with nothing': [
      `fn f(a: &Account) -> bool { a.id == "" || a.slug.is_empty() || a.number == 0 || a.parent == None }`,
    ],
    'compares with a sentinel': [
      `fn f(tenant: &str, account_id: i64) -> bool { tenant == "default" || tenant == "superadmin" || account_id == 0 }`,
    ],
    'compares a plan': [`fn f(a: &Account) -> bool { a.plan == "enterprise" || a.add_ons.contains(&"sso") }`],
    'compares a role': [`fn f(m: &Member) -> bool { matches!(m.role.as_str(), "admin" | "manager") }`],
    'is the id of another thing': [`fn f(o: &Order, user_id: u64) -> bool { o.id == 4711 || user_id == 17 }`],
    'is a URL of a vendor': [
      `fn f() { reqwest::get("https://api.zephyra.example/v1/parcels"); }`,
      `const BASE_URL: &str = "https://api.zephyra.example";`,
    ],
    'is a test inside the file': [
      `#[cfg(test)]\nmod tests {\n    use super::*;\n    fn on(tenant: &str) -> bool { tenant == "zephyra" }\n    #[test]\n    fn terms_of_zephyra() { if tenant_id == "zephyra" { panic!() } assert_eq!(terms("zephyra"), 60); }\n}`,
      `#[tokio::test]\nasync fn terms_hold() {\n    let tenant_id = "zephyra";\n    assert!(tenant_id == "zephyra");\n}`,
      `pub fn live() {}\n\n#[cfg(all(test, feature = "db"))]\nmod db {\n    fn f(tenant: &str) -> bool { tenant == "zephyra" }\n}`,
    ],
  },
};
