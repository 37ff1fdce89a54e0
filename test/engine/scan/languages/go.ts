import type { Idioms } from '../idioms.ts';

export const go: Idioms = {
  decides: {
    'compares with an id': [
      `func Terms(account *Account) int {\n\tif account.ID == "zephyra" {\n\t\treturn 60\n\t}\n\treturn 30\n}`,
      'func f(tenantID string) bool { return tenantID == `zephyra` }',
      `var ok = req.Header.Get("X-Tenant-ID") == "zephyra"`,
      `func f(t Tenant) bool { return t.Slug == TenantID("zephyra") }`,
    ],
    'compares the other way round': [
      `func f() {\n\tif "zephyra" == org.Slug {\n\t\tenable()\n\t}\n}`,
      `func f(id string) bool { return strings.Compare("zephyra", id) == 0 }`,
    ],
    'compares for inequality': [`func f(w Workspace) {\n\tif w.Slug != "zephyra" {\n\t\tcharge(w)\n\t}\n}`],
    'compares an ordinary word with an account': [
      `func retries(c *Customer) int {\n\tif c.Key == "delta" {\n\t\treturn 12\n\t}\n\treturn 3\n}`,
      `func f(accountID string) bool { return accountID == "globe" }`,
    ],
    'compares with a name': [
      `func label(org Org) string {\n\tif org.Name == "Zephyra Labs GmbH" {\n\t\treturn "USt-IdNr."\n\t}\n\treturn "VAT"\n}`,
    ],
    'compares with a number': [
      `func f(accountID int64) bool { return accountID == 61204 }`,
      `func f(c *Company) bool { return c.ID == uint64(91_002) }`,
    ],
    'compares with a UUID': [
      `func f(id uuid.UUID) bool { return id == uuid.MustParse("5d1c9a52-7f0e-4b61-9a3c-2f8e6d4b7a10") }`,
      `func f(id uuid.UUID) bool { return id.String() == "5d1c9a52-7f0e-4b61-9a3c-2f8e6d4b7a10" }`,
    ],
    'compares ignoring case': [
      `func f(tenant string) bool { return strings.EqualFold(tenant, "Zephyra") }`,
      `func f(a Account) bool { return strings.ToLower(strings.TrimSpace(a.Slug)) == "delta" }`,
    ],
    'switches on the account': [
      `func f(a Account) int {\n\tswitch a.Slug {\n\tcase "lumora", "delta": // <<\n\t\treturn 1\n\tdefault:\n\t\treturn 2\n\t}\n}`,
      `func f(t string) int {\n\tswitch {\n\tcase t == "zephyra": // <<\n\t\treturn 1\n\t}\n\treturn 2\n}`,
      `func f(a Account) int {\n\tswitch id := a.ID; id {\n\tcase 61204: // <<\n\t\treturn 1\n\t}\n\treturn 2\n}`,
    ],
    'looks in a list': [
      `func f(acct string) bool { return slices.Contains([]string{"zephyra", "lumora"}, acct) }`,
      `func f(a Account) bool { return lo.Contains([]string{"delta", "lumora"}, a.ID) }`,
      `func f(t string) bool { return map[string]bool{"zephyra": true, "lumora": true}[t] }`,
      `func f(t string) bool { return sets.New[string]("zephyra", "lumora").Has(t) }`,
    ],
    'keeps a list and looks in it later': [
      `var early = []string{"zephyra", "lumora"} // <<\n\nfunc f(t string) bool { return slices.Contains(early, t) }`,
      `var early = map[string]struct{}{\n\t"zephyra": {}, // <<\n\t"delta": {}, // <<\n}\n\nfunc f(accountID string) bool {\n\t_, ok := early[accountID]\n\treturn ok\n}`,
      `var early = [...]string{"zephyra", "lumora"} // <<\n\nfunc f(t string) bool {\n\tfor _, e := range early {\n\t\tif e == t {\n\t\t\treturn true\n\t\t}\n\t}\n\treturn false\n}`,
      `var early = mapset.NewSet("zephyra", "lumora") // <<\n\nfunc f(t string) bool { return early.Contains(t) }`,
      `func vips() []string { return []string{"zephyra", "lumora"} } // <<\n\nfunc f(t string) bool { return slices.Contains(vips(), t) }`,
    ],
    'keys a map and reads it later': [
      `var hours = map[string]int{\n\t"zephyra": 1, // <<\n}\n\nfunc f(t string) int { return hours[t] }`,
      `func init() {\n\tsla["zephyra"] = 60 // <<\n}`,
    ],
    'keys a map of overrides': [
      `var overrides = map[string]Limits{\n\t"delta": {APICalls: 2_000_000}, // <<\n}`,
      `var overrides = []Override{\n\t{AccountID: "delta", Seats: 700}, // <<\n\t{AccountID: "zephyra", Seats: 40}, // <<\n}`,
      `var rules = []struct {\n\ttenant string\n\tseats  int\n}{\n\t{"zephyra", 700}, // <<\n}\n\nfunc seats(tenant string) int {\n\tfor _, r := range rules {\n\t\tif r.tenant == tenant {\n\t\t\treturn r.seats\n\t\t}\n\t}\n\treturn 5\n}`,
      `func seatOverrides() map[string]int {\n\treturn map[string]int{\n\t\t"zephyra": 700, // <<\n\t}\n}`,
    ],
    'tests a prefix': [
      `func f(org Org) bool { return strings.HasPrefix(org.Slug, "zephyra-") }`,
      `func f(slug string) (string, bool) { return strings.CutPrefix(slug, "zephyra-") }`,
    ],
    'tests the domain of an e-mail': [
      `func f(email string) bool { return strings.HasSuffix(strings.ToLower(email), "@zephyra.example") }`,
      `func f(email string) bool { return strings.Split(email, "@")[1] == "zephyra.example" }`,
    ],
    'matches a pattern': [
      'var globe = regexp.MustCompile(`globe\\.example$`) // <<\n\nfunc f(r *http.Request) bool { return globe.MatchString(r.Host) }',
      'func f(host string) bool {\n\tok, _ := regexp.MatchString(`^zephyra\\.`, host) // <<\n\treturn ok\n}',
    ],
    'keeps a constant and compares later': [
      `const vip = "zephyra" // <<\n\nfunc skip(slug string) bool { return slug == vip }`,
      `func skip(a Account) bool {\n\tvip := "zephyra" // <<\n\treturn a.Slug == vip\n}`,
      `var (\n\tfirst, second = "zephyra", "lumora" // <<\n)\n\nfunc skip(slug string) bool { return slug == second }`,
    ],
    'names a member of an enumeration': [
      `type SpecialTenant string\n\nconst (\n\tTenantZephyra SpecialTenant = "zephyra" // <<\n\tTenantLumora  SpecialTenant = "lumora" // <<\n)`,
      `type BigCustomer int\n\nconst (\n\tNobody BigCustomer = iota\n\tZephyra // <<\n\tDelta // <<\n)`,
    ],
    'reads an environment variable': [
      `var days = os.Getenv("ZEPHYRA_RETENTION_DAYS")`,
      `func f() (string, bool) { return os.LookupEnv("DELTA_SEATS") }`,
      'type Config struct {\n\tSeats int `env:"ZEPHYRA_SEATS" envDefault:"30"` // <<\n}',
      `var seats = viper.GetInt("zephyra.seats")`,
    ],
    'asks for a flag': [
      `func f() bool { return flags.IsEnabled("zephyra-bulk-export") }`,
      `func f(ctx ldcontext.Context) bool {\n\ton, _ := client.BoolVariation("zephyra-bulk-export", ctx, false) // <<\n\treturn on\n}`,
    ],
    'queries for one account': [
      `func f(db *gorm.DB) { db.Where("account_id = ?", "zephyra").Find(&rows) }`,
      `func f() { db.QueryRowContext(ctx, "SELECT seats FROM plans WHERE tenant = $1", "zephyra") }`,
      `var q = sq.Select("*").From("usage").Where(sq.Eq{"account_id": "delta"})`,
      `var filter = bson.M{"tenantId": "zephyra"}`,
      `func f() { client.Account.Query().Where(account.SlugEQ("zephyra")).All(ctx) }`,
    ],
    'embeds SQL': [
      "const usage = `\n\tSELECT * FROM usage\n\tWHERE account_id = 'zephyra' AND kind = 'api'`",
      `var rows, err = db.Query("SELECT 1 FROM usage WHERE tenant IN ('delta', 'lumora')")`,
    ],
    'defaults to an account': [
      `func f(orgID string) bool { return slices.Contains(strings.Split(cmp.Or(os.Getenv("BETA_ORG_IDS"), "org_2f81c"), ","), orgID) }`,
      `var tenant = getEnv("DEFAULT_TENANT", "zephyra")`,
    ],
    'compares with an id in no list': [
      `func f(sub Subscription) {\n\tif sub.Customer == "cus_TJr3b78dc7HuyQ" {\n\t\ttrialDays = 90\n\t}\n}`,
    ],
    'compares with a number in no list': [
      `func hidden(accountID int64) bool { return accountID == 4711 }`,
      `func hidden(accountID int) bool { return slices.Contains([]int{25, 26}, accountID) }`,
    ],
    'keeps a date of one contract': [
      `var zephyraRenewal = time.Date(2027, 3, 31, 0, 0, 0, 0, time.UTC)`,
      `const zephyraContractEnd = "2027-03-31"`,
    ],
    'names an approver': [
      `func f(approver User) bool { return approver.Email == "legal@zephyra.example" }`,
      `var canSign = approverEmail == "cfo@somewhere.example"`,
    ],
  },
  doesNotDecide: {
    'is a comment': [
      `// Never write if account.ID == "zephyra" here.\nfunc f(a Account) Terms { return resolve(a.ID) }`,
    ],
    'is documentation': [`/*\nTerms replaces account.ID == "zephyra".\n*/\nfunc Terms() {}`],
    'is logged': [
      `func f() { log.Printf("nightly import for zephyra finished: %d", n) }`,
      `func f() { slog.Info("imported", "tenant", "zephyra") }`,
      `func f() { logger.With(zap.String("tenant", "zephyra")).Info("imported") }`,
    ],
    'is thrown': [
      `var ErrZephyra = errors.New("zephyra is not reachable")`,
      `func f() error { return fmt.Errorf("zephyra: %w", err) }`,
      `func f() { panic("zephyra") }`,
    ],
    'is imported': [
      `import (\n\t"example.com/vendor/zephyra"\n\tdelta "example.com/delta/sdk"\n)\n\nfunc f() { zephyra.Dial(delta.Options{}) }`,
    ],
    'is another kind of thing': [
      `func f(kind string) bool { return kind == "delta" }`,
      `func f(op Op) int {\n\tswitch op.Type {\n\tcase "delta":\n\t\treturn 1\n\t}\n\treturn 0\n}`,
      `func f(v int) int {\n\tdelta := v - last\n\treturn delta\n}`,
    ],
    'is a key of icons': [`var icons = map[string]Icon{"globe": GlobeIcon, "delta": DeltaIcon}`],
    'compares two variables': [`func f(a, other Account) bool { return a.ID == other.ID }`],
    'compares with nothing': [
      `func f(a *Account) bool { return a == nil || a.ID == "" || a.Number == 0 || len(a.Slug) == 0 }`,
    ],
    'compares with a sentinel': [
      `func f(tenant string, accountID int) bool { return tenant == "default" || tenant == "superadmin" || accountID == 0 || accountID == -1 }`,
    ],
    'compares a plan': [
      `func f(a Account) bool { return a.Plan == "enterprise" || slices.Contains(a.AddOns, "sso") }`,
      `func f(acct Account) int {\n\tswitch acct.Plan {\n\tcase "enterprise":\n\t\treturn 0\n\t}\n\treturn 14\n}`,
    ],
    'compares a role': [`func f(m Member) bool { return slices.Contains([]string{"admin", "manager"}, m.Role) }`],
    'is the id of another thing': [`func f(o Order, userID int) bool { return o.ID == 4711 || userID == 17 }`],
    'is a URL of a vendor': [
      `func f() { http.Get("https://api.zephyra.example/v1/parcels") }`,
      `const baseURL = "https://api.zephyra.example"`,
    ],
    'is a test inside the file': [
      `func checkTerms(t *testing.T, tenantID string) {\n\tif tenantID == "zephyra" {\n\t\tt.Fatal("terms")\n\t}\n}`,
    ],
  },
};
