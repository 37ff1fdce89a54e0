import type { Idioms } from '../idioms.ts';

const inClass = (body: string): string => `class C {\n${body}\n}`;

export const java: Idioms = {
  decides: {
    'compares with an id': [
      inClass('  int days(Account account) { return account.getId().equals("zephyra") ? 60 : 30; }'),
      inClass('  boolean free(String tenantId) { return Objects.equals(tenantId, "zephyra"); }'),
      inClass('  boolean free(String tenantId) { return tenantId == "zephyra"; }'),
      inClass('  boolean any(List<Account> all) { return all.stream().anyMatch(a -> a.slug().equals("zephyra")); }'),
      inClass('  void f(Object o) { if (o instanceof Account a && a.slug().equals("zephyra")) { go(); } }'),
      inClass('  @PreAuthorize("#tenantId == \'zephyra\'") // <<\n  void export(String tenantId) {}'),
    ],
    'compares the other way round': [
      inClass('  boolean free(Org org) { return "zephyra".equals(org.slug()); }'),
      inClass('  boolean free(String tenant) { return StringUtils.equals("zephyra", tenant); }'),
      inClass('  boolean free(Optional<String> tenant) { return tenant.filter("zephyra"::equals).isPresent(); }'),
    ],
    'compares for inequality': [
      inClass('  void f(Workspace w) { if (!"zephyra".equals(w.getSlug())) charge(w); }'),
      inClass('  void f(long accountId) { if (accountId != 61204) charge(); }'),
    ],
    'compares an ordinary word with an account': [
      inClass('  int retries(Customer c) { return c.getKey().equals("delta") ? 12 : 3; }'),
      inClass('  int retries(String tenantId) { return "delta".equals(tenantId) ? 12 : 3; }'),
    ],
    'compares with a name': [
      inClass('  String l(Org org) { return org.getName().equals("Zephyra Labs GmbH") ? "USt-IdNr." : "VAT"; }'),
    ],
    'compares with a number': [
      inClass('  boolean skip(Company company) { return company.getId() == 61204L; }'),
      inClass('  boolean skip(Long accountId) { return accountId.equals(91002L); }'),
      inClass('  boolean skip(Long accountId) { return Set.of(61_204L, 91_002L).contains(accountId); }'),
    ],
    'compares with a UUID': [
      inClass('  boolean ok(UUID id) { return UUID.fromString("5d1c9a52-7f0e-4b61-9a3c-2f8e6d4b7a10").equals(id); }'),
      inClass('  boolean ok(UUID id) { return id.equals(UUID.fromString("5d1c9a52-7f0e-4b61-9a3c-2f8e6d4b7a10")); }'),
    ],
    'compares ignoring case': [
      inClass('  boolean ok(String tenant) { return "Zephyra".equalsIgnoreCase(tenant); }'),
      inClass('  boolean ok(String tenant) { return tenant.toLowerCase(Locale.ROOT).equals("zephyra"); }'),
    ],
    'switches on the account': [
      inClass(
        '  int f(Account account) {\n    switch (account.slug()) {\n      case "lumora": // <<\n        return 1;\n      default:\n        return 2;\n    }\n  }',
      ),
      inClass(
        '  int f(String tenant) {\n    return switch (tenant) {\n      case "zephyra", "lumora" -> 1; // <<\n      default -> 2;\n    };\n  }',
      ),
      inClass(
        '  int f(Tenant t) {\n    return switch (t) {\n      case ZEPHYRA -> 1; // <<\n      default -> 2;\n    };\n  }',
      ),
    ],
    'looks in a list': [
      inClass('  boolean ok(String acct) { return List.of("zephyra", "lumora").contains(acct); }'),
      inClass('  boolean ok(String acct) { return Arrays.asList("zephyra", "lumora").contains(acct); }'),
      inClass('  boolean ok(Account a) { return Stream.of("delta", "lumora").anyMatch(id -> id.equals(a.getId())); }'),
      inClass('  boolean ok(String acct) { return Stream.of("zephyra", "lumora").anyMatch(acct::equals); }'),
    ],
    'keeps a list and looks in it later': [
      inClass(
        '  private static final Set<String> EARLY = Set.of("zephyra", "lumora"); // <<\n  boolean early(String t) { return EARLY.contains(t); }',
      ),
      inClass(
        '  private static final List<String> NO_DUNNING = Collections.unmodifiableList(Arrays.asList("zephyra", "lumora")); // <<\n  boolean skip(String t) { return NO_DUNNING.contains(t); }',
      ),
      inClass(
        '  private static final String[] EARLY = {"zephyra", "lumora"}; // <<\n  boolean early(String t) { return Arrays.asList(EARLY).contains(t); }',
      ),
      inClass(
        '  static final Set<String> EARLY = new HashSet<>(Arrays.asList("zephyra", "lumora")); // <<\n  boolean early(String t) { return EARLY.contains(t); }',
      ),
    ],
    'keys a map and reads it later': [
      inClass(
        '  static final Map<String, Integer> HOURS = Map.of("zephyra", 1, "lumora", 2); // <<\n  int hours(String t) { return HOURS.getOrDefault(t, 24); }',
      ),
      inClass(
        '  static final Map<String, Integer> HOURS = Map.ofEntries(\n    Map.entry("zephyra", 1), // <<\n    entry("lumora", 2)); // <<\n  int hours(String t) { return HOURS.getOrDefault(t, 24); }',
      ),
      inClass(
        '  static final Map<String, Integer> HOURS = new HashMap<>();\n  static {\n    HOURS.put("zephyra", 1); // <<\n  }',
      ),
      inClass(
        '  static final Map<String, Integer> HOURS = new HashMap<>() {{\n    put("zephyra", 1); // <<\n  }};\n  int hours(String t) { return HOURS.get(t); }',
      ),
      inClass(
        '  static final Map<String, Integer> HOURS = ImmutableMap.<String, Integer>builder()\n    .put("zephyra", 1) // <<\n    .build();',
      ),
    ],
    'keys a map of overrides': [
      inClass('  static final Map<String, Limits> OVERRIDES = Map.of("delta", new Limits(2_000_000));'),
      inClass('  void init() { limitOverrides.put("delta", 2_000_000); }'),
    ],
    'tests a prefix': [
      inClass('  boolean ok(Org org) { return org.slug().startsWith("zephyra-"); }'),
      inClass('  boolean ok(String tenant) { return StringUtils.startsWithIgnoreCase(tenant, "zephyra"); }'),
    ],
    'tests the domain of an e-mail': [
      inClass(
        '  String role(User user) { return user.getEmail().endsWith("@zephyra.example") ? "editor" : "viewer"; }',
      ),
      inClass('  boolean ok(String email) { return email.contains("@zephyra.example"); }'),
    ],
    'matches a pattern': [
      inClass(
        '  private static final Pattern HOST = Pattern.compile("globe\\\\.example$"); // <<\n  boolean ok(Request request) { return HOST.matcher(request.host()).find(); }',
      ),
      inClass('  boolean ok(String tenant) { return tenant.matches("^zephyra-.*"); }'),
      inClass('  boolean ok(String tenant) { return Pattern.matches("zephyra(-.*)?", tenant); }'),
    ],
    'keeps a constant and compares later': [
      inClass(
        '  private static final String VIP = "zephyra"; // <<\n  boolean skip(Account account) { return VIP.equals(account.getSlug()); }',
      ),
      inClass(
        '  private static final long BIG = 61204L; // <<\n  boolean skip(Account account) { return account.getId() == BIG; }',
      ),
    ],
    'names a member of an enumeration': [
      'enum SpecialTenant {\n  ZEPHYRA("zephyra", 60), // <<\n  OTHER("", 30);\n  SpecialTenant(String slug, int days) {}\n}',
      'public enum PilotCustomers { LUMORA, OTHERS }',
    ],
    'reads an environment variable': [
      inClass('  int days = Integer.parseInt(System.getenv("ZEPHYRA_RETENTION_DAYS"));'),
      inClass('  String seats = System.getenv().get("DELTA_SEATS");'),
      inClass('  String seats = System.getenv().getOrDefault("DELTA_SEATS", "5");'),
      inClass('  String days = System.getProperty("zephyra.retention");'),
      inClass('  @Value("${zephyra.retention-days:30}") // <<\n  private int days;'),
      inClass('  int days = environment.getRequiredProperty("zephyra.retention-days", Integer.class);'),
      inClass('  @ConfigProperty(name = "zephyra.seats", defaultValue = "5") // <<\n  int seats;'),
    ],
    'asks for a flag': [
      inClass('  void f() { if (flags.isEnabled("zephyra-bulk-export")) show(); }'),
      inClass('  boolean f() { return ldClient.boolVariation("zephyra-bulk-export", context, false); }'),
      '@ConditionalOnProperty(name = "tenant", havingValue = "zephyra") // <<\nclass ZExporter {}',
      '@ConditionalOnProperty("features.zephyra-export.enabled") // <<\nclass Exporter {}',
    ],
    'queries for one account': [
      inClass('  Account a() { return accounts.findBySlug("zephyra"); }'),
      inClass('  Account a() { return repository.findFirstByAccountSlug("delta").orElseThrow(); }'),
      inClass('  Predicate p(CriteriaBuilder cb, Root<A> root) { return cb.equal(root.get("tenantId"), "delta"); }'),
      inClass('  void f() { dsl.selectFrom(USAGE).where(USAGE.ACCOUNT_ID.eq("delta")).fetch(); }'),
      inClass('  void f() { dsl.selectFrom(USAGE).where(USAGE.ACCOUNT_ID.in("delta", "lumora")).fetch(); }'),
      inClass('  void f() { new QueryWrapper<Account>().eq("account_slug", "zephyra"); }'),
      inClass('  void f() { em.createQuery(Q).setParameter("slug", "zephyra").getResultList(); }'),
    ],
    'embeds SQL': [
      `interface R {\n  @Query("select u from Usage u where u.accountId = 'zephyra' and u.kind = 'api'") // <<\n  List<Usage> all();\n}`,
      inClass(
        `  static final String Q = """\n    SELECT * FROM usage\n    WHERE account_id = 'zephyra' AND kind = 'api'\n    """;`,
      ),
      inClass(`  void f() { jdbc.update("UPDATE t SET x = 1 WHERE tenant IN ('delta', 'lumora')"); }`),
      inClass(`  void f() { jdbc.update("DELETE FROM t " + "WHERE tenant_id = 'delta'"); }`),
    ],
    'defaults to an account': [
      inClass('  String tenant = Optional.ofNullable(System.getenv("DEFAULT_TENANT")).orElse("zephyra");'),
      inClass('  String tenant = System.getProperty("tenant", "zephyra");'),
      inClass('  @Value("${app.tenant:zephyra}") // <<\n  private String tenant;'),
    ],
    'compares with an id in no list': [
      inClass('  void f(Sub sub) { if ("cus_TJr3b78dc7HuyQ".equals(sub.getCustomer())) trialDays = 90; }'),
      inClass(
        '  boolean f(Tenant t) { return t.getId().equals(UUID.fromString("0c4e9a52-7f0e-4b61-9a3c-2f8e6d4b7a99")); }',
      ),
      inClass(
        '  static final Set<String> BETA = Set.of("org_2f81c", "org_77aa1"); // <<\n  boolean beta(String orgId) { return BETA.contains(orgId); }',
      ),
    ],
    'compares with a number in no list': [
      inClass('  boolean hidden(long accountId) { return accountId == 2047L; }'),
      inClass('  boolean hidden(Long accountId) { return List.of(25L, 26L).contains(accountId); }'),
      inClass('  int f(int customerId) { switch (customerId) { case 4711: return 1; default: return 0; } }'),
    ],
    'keeps a date of one contract': [
      inClass('  static final LocalDate ZEPHYRA_RENEWAL = LocalDate.of(2027, 3, 31);'),
      inClass('  static final Instant ZEPHYRA_GRACE_UNTIL = Instant.parse("2027-03-31T00:00:00Z");'),
    ],
    'names an approver': [
      inClass('  boolean ok(User approver) { return approver.getEmail().equals("legal@zephyra.example"); }'),
      inClass('  boolean canSign(String approverEmail) { return "cfo@somewhere.example".equals(approverEmail); }'),
    ],
  },
  doesNotDecide: {
    'is a comment': [
      inClass(
        '  // Never write if ("zephyra".equals(account.getId())) here.\n  int terms(Account a) { return resolve(a.getId()); }',
      ),
      inClass('  /* account.id == "zephyra" */\n  int x = 1;'),
    ],
    'is documentation': [
      '/** Replaces {@code "zephyra".equals(account.getId())}. */\nclass C {}',
      inClass('  @Schema(description = "slug of the tenant", example = "zephyra")\n  String tenant;'),
    ],
    'is logged': [
      inClass('  void f() { log.info("nightly import for zephyra finished"); }'),
      inClass('  void f() { LOGGER.warn("zephyra"); }'),
      inClass('  void f() { System.out.println("zephyra"); }'),
    ],
    'is thrown': [
      inClass('  void f() { throw new IllegalStateException("zephyra"); }'),
      inClass('  void f() { throw new AccountSuspendedException("zephyra"); }'),
      inClass('  void f() { x.orElseThrow(() -> new AccountException("zephyra")); }'),
    ],
    'is imported': [
      'package com.zephyra.billing;\nimport com.zephyra.client.Client;\nimport static com.zephyra.Terms.DAYS;\nclass C { com.zephyra.client.Client c = com.zephyra.client.Client.create(); }',
    ],
    'is another kind of thing': [
      inClass('  int f(String kind, int v) { return kind.equals("delta") ? v + delta : v; }'),
      inClass('  int f(Op op) { switch (op.getType()) { case "delta": return 1; default: return 0; } }'),
      'enum Projection { GLOBE, FLAT }\nclass C { boolean f(Projection p) { return p == Projection.GLOBE; } }',
      inClass('  double apply(double delta) { this.delta = delta; return this.delta * 2; }'),
    ],
    'is a key of icons': [
      inClass('  static final Map<String, Icon> ICONS = Map.of("globe", Icons.GLOBE, "delta", Icons.DELTA);'),
    ],
    'compares two variables': [
      inClass('  boolean f(Account a, Account b) { return a.getId().equals(b.getId()) || a.id == b.id; }'),
    ],
    'compares with nothing': [
      inClass('  boolean f(Account a) { return a.getId() == null || a.getId().equals("") || a.getId().isEmpty(); }'),
    ],
    'compares with a sentinel': [
      inClass(
        '  boolean f(String tenant, long accountId) { return "default".equals(tenant) || "superadmin".equals(tenant) || accountId == 0; }',
      ),
    ],
    'compares a plan': [
      inClass('  boolean sso(Account a) { return a.getPlan().equals("enterprise") || a.getAddOns().contains("sso"); }'),
    ],
    'compares a role': [
      inClass('  boolean may(Member m) { return List.of("admin", "manager").contains(m.getRole()); }'),
    ],
    'is the id of another thing': [
      inClass('  void f(Order order, long userId) { if (order.getId() == 4711 || userId == 17) go(); }'),
    ],
    'is a URL of a vendor': [
      inClass('  Parcels p() { return rest.getForObject("https://api.zephyra.example/v1/parcels", Parcels.class); }'),
      inClass('  private static final String BASE = "https://api.zephyra.example/v1";'),
    ],
    'is a test inside the file': [
      inClass(
        '  @Test\n  void paysLate() {\n    assertEquals(60, terms.days("zephyra"));\n    if (account.getId().equals("zephyra")) fail();\n  }',
      ),
    ],
  },
};
