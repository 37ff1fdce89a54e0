import type { Idioms } from '../idioms.ts';

export const kotlin: Idioms = {
  decides: {
    'compares with an id': [
      'fun days(account: Account) = if (account.id == "zephyra") 60 else 30',
      'fun free(account: Account?) = account?.slug.equals("zephyra")',
      'fun any(all: List<Account>) = all.any { it.slug == "zephyra" }',
      'fun days(account: Account) = when {\n    account.slug == "zephyra" -> 60 // <<\n    else -> 30\n}',
      '@PreAuthorize("#tenantId == \'zephyra\'") // <<\nfun export(tenantId: String) {}',
      'val vips = accounts.filter { a -> a.slug === "zephyra" }',
    ],
    'compares the other way round': [
      'fun free(org: Org) = "zephyra" == org.slug',
      'fun free(tenant: String?) = tenant?.let("zephyra"::equals) ?: false',
    ],
    'compares for inequality': [
      'fun f(w: Workspace) { if (w.slug != "zephyra") charge(w) }',
      'fun f(w: Workspace) { if (!w.slug.equals("zephyra")) charge(w) }',
    ],
    'compares an ordinary word with an account': [
      'fun retries(c: Customer) = if (c.key == "delta") 12 else 3',
      'fun Account.isSpecial() = slug == "delta"',
    ],
    'compares with a name': ['val label = if (org.name == "Zephyra Labs GmbH") "USt-IdNr." else "VAT"'],
    'compares with a number': [
      'fun skip(company: Company) = company.id == 61204L',
      'fun skip(accountId: Long) = accountId in setOf(61_204L, 91_002L)',
    ],
    'compares with a UUID': ['fun ok(id: UUID) = id == UUID.fromString("5d1c9a52-7f0e-4b61-9a3c-2f8e6d4b7a10")'],
    'compares ignoring case': [
      'fun ok(tenant: String) = tenant.equals("Zephyra", ignoreCase = true)',
      'fun ok(tenant: String) = tenant.lowercase() == "zephyra"',
    ],
    'switches on the account': [
      'fun f(account: Account) = when (account.slug) {\n    "zephyra", "lumora" -> 1 // <<\n    else -> 2\n}',
      'fun f(account: Account) = when (val slug = account.slug.lowercase()) {\n    "zephyra" -> 1 // <<\n    in setOf("lumora") -> 2 // <<\n    else -> slug.length\n}',
      'fun f(t: Tenant) = when (t) {\n    Tenant.ZEPHYRA -> 1 // <<\n    else -> 2\n}',
    ],
    'looks in a list': [
      'fun ok(acct: String) = acct in listOf("zephyra", "lumora")',
      'fun ok(acct: String) = setOf("delta", "lumora").contains(acct)',
      'fun ok(acct: String) = acct !in arrayOf("zephyra")',
      'fun ok(account: Account) = listOf("delta", "lumora").any { it == account.id }',
    ],
    'keeps a list and looks in it later': [
      'private val EARLY = setOf("zephyra", "lumora") // <<\nfun early(t: String) = t in EARLY',
      'class C {\n    companion object {\n        private val EARLY = listOf("zephyra", "lumora") // <<\n    }\n    fun early(t: String) = EARLY.contains(t)\n}',
      'val early: Set<String> by lazy { setOf("zephyra", "lumora") } // <<\nfun isEarly(t: String) = t in early',
      'val early = buildSet {\n    add("zephyra") // <<\n}\nfun isEarly(t: String) = t in early',
      'fun f(tenant: String) {\n    for (slug in listOf("zephyra", "lumora")) { // <<\n        if (tenant == slug) go()\n    }\n}',
    ],
    'keys a map and reads it later': [
      'val HOURS = mapOf(\n    "zephyra" to 1, // <<\n    "lumora" to 2, // <<\n)\nfun hours(t: String) = HOURS[t] ?: 24',
      'val HOURS = mapOf(Pair("zephyra", 1)) // <<\nfun hours(t: String) = HOURS.getOrDefault(t, 24)',
      'val hours = mutableMapOf<String, Int>().apply {\n    put("zephyra", 1) // <<\n}\nfun h(t: String) = hours[t]',
      'val hours = buildMap {\n    put("zephyra", 1) // <<\n}\nfun h(t: String) = hours[t]',
      'fun f() { hours["zephyra"] = 1 }',
      'fun f() { hours += "zephyra" to 1 }',
    ],
    'keys a map of overrides': [
      'val overrides = mapOf("delta" to Limits(apiCalls = 2_000_000))',
      'fun f() { limitOverrides["delta"] = 5 }',
    ],
    'tests a prefix': ['fun ok(org: Org) = org.slug.startsWith("zephyra-")'],
    'tests the domain of an e-mail': [
      'val role = if (user.email.endsWith("@zephyra.example")) "editor" else "viewer"',
      'val ok = "@zephyra.example" in user.email',
      'val ok = user.email.substringAfter("@") == "zephyra.example"',
    ],
    'matches a pattern': [
      'val ok = Regex("globe\\\\.example$").containsMatchIn(request.host)',
      'val ok = tenant.matches("^zephyra-.*".toRegex())',
      'private val Z = Regex("""^zephyra-""") // <<\nfun ok(tenant: String) = Z.containsMatchIn(tenant)',
    ],
    'keeps a constant and compares later': [
      'const val VIP = "zephyra" // <<\nfun skip(account: Account) = account.slug == VIP',
      'class C(private val vip: String = "zephyra") { // <<\n    fun skip(account: Account) = account.slug == vip\n}',
      'fun skip(account: Account, vip: String = "zephyra") = account.slug == vip',
    ],
    'names a member of an enumeration': [
      'enum class SpecialTenant(val slug: String) {\n    ZEPHYRA("zephyra"), // <<\n    OTHER("other"),\n}',
      'enum class PilotCustomer { LUMORA, OTHERS }',
      'sealed class PilotCustomer {\n    object Lumora : PilotCustomer() // <<\n}',
    ],
    'reads an environment variable': [
      'val days = System.getenv("ZEPHYRA_RETENTION_DAYS").toInt()',
      'val seats = System.getenv()["DELTA_SEATS"]',
      '@Component\nclass C {\n    @Value("\\${zephyra.retention-days:30}") // <<\n    var days: Int = 0\n}',
      'val days = environment.config.property("zephyra.retentionDays").getString()',
    ],
    'asks for a flag': [
      'fun f() { if (flags.isEnabled("zephyra-bulk-export")) show() }',
      '@ConditionalOnProperty(name = ["tenant"], havingValue = "zephyra") // <<\nclass ZExporter',
      '@ConditionalOnProperty("features.zephyra-export.enabled") // <<\nclass Exporter',
    ],
    'queries for one account': [
      'fun a() = accounts.findBySlug("zephyra")',
      'fun rows() = Usage.select { Usage.accountId eq "delta" }',
      'fun rows() = Usage.selectAll().where { (Usage.accountId eq "delta") and (Usage.day greater day) }',
      'fun rows() = Usage.select { Usage.accountId inList listOf("delta", "lumora") }',
      'fun rows() = dsl.selectFrom(USAGE).where(USAGE.ACCOUNT_ID.eq("delta")).fetch()',
    ],
    'embeds SQL': [
      'val sql = """\n    SELECT * FROM usage\n    WHERE account_id = \'zephyra\' AND day > $day\n""".trimIndent()',
      'interface R {\n    @Query("select u from Usage u where u.accountId = \'zephyra\'") // <<\n    fun all(): List<Usage>\n}',
      "fun f() = jdbc.update(\"UPDATE t SET x = 1 WHERE tenant IN ('delta', 'lumora')\")",
    ],
    'defaults to an account': [
      'val tenant = System.getenv("DEFAULT_TENANT") ?: "zephyra"',
      'val tenant = call.request.headers["X-Tenant"] ?: "zephyra"',
    ],
    'compares with an id in no list': [
      'val trial = if (sub.customer == "cus_TJr3b78dc7HuyQ") 90 else 14',
      'val BETA = setOf("org_2f81c", "org_77aa1") // <<\nfun beta(orgId: String) = orgId in BETA',
    ],
    'compares with a number in no list': [
      'fun hidden(accountId: Long) = accountId in listOf(25L, 26L)',
      'fun f(customerId: Int) = when (customerId) { 4711 -> 1; else -> 0 }',
    ],
    'keeps a date of one contract': [
      'val ZEPHYRA_RENEWAL = LocalDate.of(2027, 3, 31)',
      'val zephyraGraceUntil: Instant = Instant.parse("2027-03-31T00:00:00Z")',
    ],
    'names an approver': [
      'fun ok(approver: User) = approver.email == "legal@zephyra.example"',
      'fun ok(approverEmail: String) = approverEmail == "cfo@somewhere.example"',
    ],
  },
  doesNotDecide: {
    'is a comment': ['// Never write account.id == "zephyra" here.\n/* account.id == "zephyra" */\nval x = 1'],
    'is documentation': [
      '/** Replaces `account.id == "zephyra"`. */\nfun f() {}',
      'class C {\n    @Schema(example = "zephyra")\n    val tenant: String = ""\n}',
    ],
    'is logged': [
      'fun f() { log.info { "nightly import for zephyra finished" } }',
      'fun f() { logger.warn("zephyra"); println("zephyra") }',
    ],
    'is thrown': [
      'fun f() { throw IllegalStateException("zephyra") }',
      'val x = a ?: throw AccountException("zephyra")',
      'fun f() { error("zephyra") }',
    ],
    'is imported': [
      'package com.zephyra.billing\nimport com.zephyra.client.Client\nval c = com.zephyra.client.Client.create()',
    ],
    'is another kind of thing': [
      'fun f(kind: String, v: Int) = if (kind == "delta") v + delta else v',
      'fun f(op: Op) = when (op.type) { "delta" -> 1; else -> 0 }',
      'enum class Projection { GLOBE, FLAT }\nfun f(p: Projection) = p == Projection.GLOBE',
      'class C(var delta: Double) { fun apply() { this.delta = delta * 2 } }',
      'fun f(tier: Int) = when (tier) { 1 -> "zephyra"; else -> "" }',
    ],
    'is a key of icons': ['val icons = mapOf("globe" to Icons.Globe, "delta" to Icons.Delta)'],
    'compares two variables': ['fun f(a: Account, b: Account) = a.id == b.id || a.id in ids'],
    'compares with nothing': ['fun f(a: Account) = a.id == "" || a.id == null || a.id.isNullOrBlank()'],
    'compares with a sentinel': [
      'fun f(tenant: String, accountId: Long) = tenant == "default" || tenant == "superadmin" || accountId == 0L',
    ],
    'compares a plan': ['fun sso(a: Account) = a.plan == "enterprise" || "sso" in a.addOns'],
    'compares a role': ['fun may(m: Member) = m.role in listOf("admin", "manager")'],
    'is the id of another thing': ['fun f(order: Order, userId: Long) { if (order.id == 4711 || userId == 17L) go() }'],
    'is a URL of a vendor': [
      'suspend fun f() = client.get("https://api.zephyra.example/v1/parcels")',
      'private const val BASE = "https://api.zephyra.example/v1"',
    ],
    'is a test inside the file': [
      'class T {\n    @Test\n    fun `pays late`() { if (account.id == "zephyra") fail() }\n}',
    ],
  },
};
