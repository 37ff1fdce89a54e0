import type { Idioms } from '../idioms.ts';

const inClass = (body: string): string => `class C\n{\n${body}\n}`;

export const csharp: Idioms = {
  decides: {
    'compares with an id': [
      inClass('    public int Days(Account account) => account.Id == "zephyra" ? 60 : 30;'),
      inClass('    bool Free(string tenantId) => string.Equals(tenantId, "zephyra", StringComparison.Ordinal);'),
      inClass('    bool Free(Account? account) => account?.Slug.Equals("zephyra") == true;'),
      inClass('    bool Free(string tenantId) => tenantId is "zephyra" or "lumora";'),
      inClass('    bool Free(Account a) => a is { Slug: "zephyra" };'),
      inClass('    void F() { var q = from a in accounts where a.Slug == "zephyra" select a; }'),
      inClass('    bool Any() => accounts.Any(a => a.Slug == "zephyra");'),
    ],
    'compares the other way round': [
      inClass('    bool Free(Org org) => "zephyra" == org.Slug;'),
      inClass('    bool Free(Org org) => "zephyra".Equals(org.Slug);'),
    ],
    'compares for inequality': [
      inClass('    void F(Workspace w) { if (w.Slug != "zephyra") Charge(w); }'),
      inClass('    void F(Workspace w) { if (w.Slug is not "zephyra") Charge(w); }'),
      inClass('    void F(Workspace w) { if (!w.Slug.Equals("zephyra")) Charge(w); }'),
    ],
    'compares an ordinary word with an account': [
      inClass('    int Retries(Customer c) => c.Key == "delta" ? 12 : 3;'),
      inClass('    int Retries(Customer customer) => customer is { Key: "delta" } ? 12 : 3;'),
    ],
    'compares with a name': [
      inClass('    string L(Org org) => org.Name == "Zephyra Labs GmbH" ? "USt-IdNr." : "VAT";'),
    ],
    'compares with a number': [
      inClass('    bool Skip(Company company) => company.Id == 61204;'),
      inClass('    bool Skip(long accountId) => accountId is 91002L;'),
      inClass('    bool Skip(Company company) => company is { Id: 61_204 };'),
    ],
    'compares with a UUID': [
      inClass('    bool Ok(Guid id) => id == Guid.Parse("5d1c9a52-7f0e-4b61-9a3c-2f8e6d4b7a10");'),
      inClass('    bool Ok(Guid id) => id == new Guid("5d1c9a52-7f0e-4b61-9a3c-2f8e6d4b7a10");'),
      inClass(
        '    static readonly Guid Vip = new("5d1c9a52-7f0e-4b61-9a3c-2f8e6d4b7a10"); // <<\n    bool Ok(Account a) => a.Id == Vip;',
      ),
    ],
    'compares ignoring case': [
      inClass('    bool Ok(string tenant) => tenant.Equals("Zephyra", StringComparison.OrdinalIgnoreCase);'),
      inClass('    bool Ok(string tenant) => tenant.ToLowerInvariant() == "zephyra";'),
      inClass('    bool Ok(string tenant) => string.Compare(tenant, "zephyra", true) == 0;'),
      inClass('    bool Ok(string tenant) => StringComparer.OrdinalIgnoreCase.Equals(tenant, "zephyra");'),
    ],
    'switches on the account': [
      inClass(
        '    int F(Account account)\n    {\n        switch (account.Slug)\n        {\n            case "lumora": // <<\n                return 1;\n            default:\n                return 2;\n        }\n    }',
      ),
      inClass(
        '    int F(string tenant) => tenant switch\n    {\n        "zephyra" or "lumora" => 1, // <<\n        _ => 2,\n    };',
      ),
      inClass(
        '    int F(Account a) => a switch\n    {\n        { Slug: "zephyra" } => 1, // <<\n        _ => 2,\n    };',
      ),
      inClass(
        '    int F(string tenant, string plan) => (tenant, plan) switch\n    {\n        ("delta", _) => 1, // <<\n        _ => 2,\n    };',
      ),
    ],
    'looks in a list': [
      inClass('    bool Ok(string acct) => new[] { "zephyra", "lumora" }.Contains(acct);'),
      inClass('    bool Ok(string acct) => new List<string> { "zephyra", "lumora" }.Contains(acct);'),
      inClass('    bool Ok(Account a) => new[] { "delta", "lumora" }.Any(id => id == a.Id);'),
    ],
    'keeps a list and looks in it later': [
      inClass(
        '    private static readonly HashSet<string> Early = new() { "zephyra", "lumora" }; // <<\n    bool IsEarly(string t) => Early.Contains(t);',
      ),
      inClass(
        '    private static readonly HashSet<string> Early = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "zephyra" }; // <<\n    bool IsEarly(string t) => Early.Contains(t);',
      ),
      inClass(
        '    private static readonly string[] Early = ["zephyra", "lumora"]; // <<\n    bool IsEarly(string t) => Early.Contains(t, StringComparer.Ordinal);',
      ),
      inClass(
        '    private static readonly ImmutableHashSet<string> Early = ImmutableHashSet.Create("zephyra", "lumora"); // <<\n    bool IsEarly(string t) => Early.Contains(t);',
      ),
    ],
    'keys a map and reads it later': [
      inClass(
        '    static readonly Dictionary<string, int> Hours = new()\n    {\n        { "zephyra", 1 }, // <<\n        { "lumora", 2 }, // <<\n    };\n    int H(string t) => Hours.TryGetValue(t, out var h) ? h : 24;',
      ),
      inClass(
        '    static readonly IReadOnlyDictionary<string, int> Hours = new Dictionary<string, int>\n    {\n        ["zephyra"] = 1, // <<\n    };\n    int H(string t) => Hours.GetValueOrDefault(t, 24);',
      ),
      inClass('    int H() => hours["zephyra"];'),
      inClass('    void F() { hours.Add("zephyra", 1); }'),
    ],
    'keys a map of overrides': [
      inClass(
        '    static readonly Dictionary<string, Limits> Overrides = new() { ["delta"] = new Limits(2_000_000) };',
      ),
      inClass('    void F() { _limitOverrides["delta"] = 5; }'),
    ],
    'tests a prefix': [inClass('    bool Ok(Org org) => org.Slug.StartsWith("zephyra-", StringComparison.Ordinal);')],
    'tests the domain of an e-mail': [
      inClass('    string Role(User user) => user.Email.EndsWith("@zephyra.example") ? "editor" : "viewer";'),
    ],
    'matches a pattern': [
      inClass('    bool Ok(Request request) => Regex.IsMatch(request.Host, @"globe\\.example$");'),
      inClass('    bool Ok(string tenant) => new Regex("^zephyra-").IsMatch(tenant);'),
      inClass(
        '    static readonly Regex Z = new("^zephyra-", RegexOptions.Compiled); // <<\n    bool Ok(string tenant) => Z.IsMatch(tenant);',
      ),
    ],
    'keeps a constant and compares later': [
      inClass(
        '    private const string Vip = "zephyra"; // <<\n    bool Skip(Account account) => account.Slug == Vip;',
      ),
      inClass('    private const long Big = 61204L; // <<\n    bool Skip(Account account) => account.Id == Big;'),
    ],
    'names a member of an enumeration': [
      'public enum SpecialTenant\n{\n    Zephyra = 1, // <<\n    Other,\n}',
      'enum PilotCustomer { Lumora, Others }',
    ],
    'reads an environment variable': [
      inClass('    int days = int.Parse(Environment.GetEnvironmentVariable("ZEPHYRA_RETENTION_DAYS")!);'),
      inClass('    string? seats = Environment.GetEnvironmentVariable("DELTA_SEATS");'),
      inClass('    string? s = _configuration["Zephyra:RetentionDays"];'),
      inClass('    int s = configuration.GetValue<int>("Zephyra:RetentionDays");'),
    ],
    'asks for a flag': [
      inClass('    async Task F() { if (await _featureManager.IsEnabledAsync("ZephyraBulkExport")) Show(); }'),
      '[FeatureGate("ZephyraExport")] // <<\npublic class ExportController : Controller { }',
      '#if ZEPHYRA // <<\nclass C { }\n#endif',
      '[Authorize(Policy = "ZephyraOnly")] // <<\npublic class ExportController : Controller { }',
    ],
    'queries for one account': [
      inClass('    Task<Account> A() => db.Accounts.FirstOrDefaultAsync(a => a.Slug == "zephyra");'),
      inClass('    Account A() => db.Accounts.Single(a => a.AccountId == "delta");'),
      inClass(
        '    void F() { conn.Query<Usage>("SELECT * FROM usage WHERE account_id = @id", new { id = "zephyra" }); }',
      ),
    ],
    'embeds SQL': [
      inClass(
        `    void F() { db.Usage.FromSqlInterpolated($"SELECT * FROM usage WHERE account_id = 'zephyra' AND day > {day}"); }`,
      ),
      inClass(`    const string Q = @"SELECT * FROM usage\n WHERE tenant_id IN ('delta', 'lumora')";`),
      inClass(`    const string Q = """\n        SELECT * FROM usage WHERE account_id = 'zephyra'\n        """;`),
    ],
    'defaults to an account': [
      inClass('    string tenant = Environment.GetEnvironmentVariable("DEFAULT_TENANT") ?? "zephyra";'),
      inClass('    void F(string? tenant) { tenant ??= "zephyra"; }'),
    ],
    'compares with an id in no list': [
      inClass('    bool T(Sub sub) => sub.Customer == "cus_TJr3b78dc7HuyQ";'),
      inClass('    bool T(Tenant t) => t.Id == Guid.Parse("0c4e9a52-7f0e-4b61-9a3c-2f8e6d4b7a99");'),
      inClass('    bool T(Guid tenantId) => tenantId == new Guid("0c4e9a52-7f0e-4b61-9a3c-2f8e6d4b7a99");'),
    ],
    'compares with a number in no list': [
      inClass('    bool Hidden(int accountId) => new[] { 25, 26 }.Contains(accountId);'),
      inClass('    bool Hidden(Company company) => company.Id is 25 or 26;'),
      inClass('    int F(int customerId) => customerId switch { 4711 => 1, _ => 0 };'),
    ],
    'keeps a date of one contract': [
      inClass('    static readonly DateTime ZephyraRenewal = new DateTime(2027, 3, 31);'),
      inClass('    static readonly DateOnly ZephyraRenewal = new(2027, 3, 31);'),
      inClass('    static readonly DateOnly ZEPHYRA_GRACE_UNTIL = DateOnly.Parse("2027-03-31");'),
    ],
    'names an approver': [
      inClass('    bool Ok(User approver) => approver.Email == "legal@zephyra.example";'),
      inClass('    bool Ok(string approverEmail) => approverEmail == "cfo@somewhere.example";'),
    ],
  },
  doesNotDecide: {
    'is a comment': [inClass('    // Never write account.Id == "zephyra" here.\n    int x = 1;')],
    'is documentation': [
      '/// <summary>Replaces <c>account.Id == "zephyra"</c>.</summary>\nclass C { }',
      inClass('    [Description("zephyra")]\n    public string Tenant { get; set; }'),
    ],
    'is logged': [
      inClass('    void F() { _logger.LogInformation("nightly import for zephyra finished"); }'),
      inClass(
        '    void F() { _logger.LogWarning("{Tenant}", "zephyra"); Console.WriteLine("zephyra"); Log.Debug("zephyra"); }',
      ),
    ],
    'is thrown': [
      inClass('    void F() { throw new InvalidOperationException("zephyra"); }'),
      inClass('    string F(string? a) => a ?? throw new AccountException("zephyra");'),
    ],
    'is imported': ['using Zephyra.Client;\nusing Z = Zephyra.Client.Api;\nnamespace Zephyra.Billing;\nclass C { }'],
    'is another kind of thing': [
      inClass('    int F(string kind, int v) => kind == "delta" ? v + delta : v;'),
      inClass('    int F(Op op) => op.Type switch { "delta" => 1, _ => 0 };'),
      'enum Projection { Globe, Flat }\nclass C { bool F(Projection p) => p == Projection.Globe; }',
      inClass('    double Apply(double delta) { this.delta = delta; return this.delta * 2; }'),
      inClass('    string F(int tier) => tier switch { 1 => "zephyra", _ => "" };'),
    ],
    'is a key of icons': [
      inClass(
        '    static readonly Dictionary<string, Icon> Icons = new() { ["globe"] = Icon.Globe, ["delta"] = Icon.Delta };',
      ),
    ],
    'compares two variables': [inClass('    bool F(Account a, Account b) => a.Id == b.Id || a.Id.Equals(b.Id);')],
    'compares with nothing': [
      inClass('    bool F(Account a) => a.Id == null || a.Id == "" || string.IsNullOrEmpty(a.Id) || a.Id is null;'),
    ],
    'compares with a sentinel': [
      inClass(
        '    bool F(string tenant, int accountId) => tenant == "default" || tenant is "superadmin" || accountId == 0;',
      ),
    ],
    'compares a plan': [inClass('    bool Sso(Account a) => a.Plan == "enterprise" || a.AddOns.Contains("sso");')],
    'compares a role': [inClass('    bool May(Member m) => new[] { "admin", "manager" }.Contains(m.Role);')],
    'is the id of another thing': [
      inClass('    void F(Order order, int userId) { if (order.Id == 4711 || userId == 17) Go(); }'),
    ],
    'is a URL of a vendor': [
      inClass('    Task F() => http.GetAsync("https://api.zephyra.example/v1/parcels");'),
      inClass('    private const string Base = "https://api.zephyra.example/v1";'),
    ],
    'is a test inside the file': [
      inClass('    [Fact]\n    public void PaysLate()\n    {\n        Assert.True(terms.Id == "zephyra");\n    }'),
    ],
  },
};
