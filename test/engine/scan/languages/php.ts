import type { Idioms } from '../idioms.ts';

const page = (body: string): string => `<?php\n${body}`;
const inClass = (body: string): string => `<?php\nclass C\n{\n${body}\n}`;

export const php: Idioms = {
  decides: {
    'compares with an id': [
      page("$days = $account->id === 'zephyra' ? 60 : 30;"),
      page('if ($account?->getSlug() == "zephyra") { skip(); }'),
      page("if ($tenant['slug'] === 'zephyra') { skip(); }"),
      page("$vips = array_filter($accounts, fn ($a) => $a->slug === 'zephyra');"),
      page("return match (true) {\n    $account->slug === 'zephyra' => 60, // <<\n    default => 30,\n};"),
    ],
    'compares the other way round': [page("if ('zephyra' === $org->slug) { enable(); }")],
    'compares for inequality': [
      page("if ($workspace->slug !== 'zephyra') { charge(); }"),
      page("if ($workspace->slug <> 'zephyra') { charge(); }"),
    ],
    'compares an ordinary word with an account': [
      page("$retries = $customer->key === 'delta' ? 12 : 3;"),
      page("function f(Customer $c) { return $c->slug === 'delta'; }"),
      page("if ($request->header('X-Tenant-Id') === 'delta') { go(); }"),
    ],
    'compares with a name': [page("$label = $org->name === 'Zephyra Labs GmbH' ? 'USt-IdNr.' : 'VAT';")],
    'compares with a number': [
      page('if ((int) $company->id === 61204) { skip(); }'),
      page('if ($accountId == 91_002) { skip(); }'),
      page('if (in_array($accountId, [61204, 91002], true)) { skip(); }'),
    ],
    'compares with a UUID': [page("$ok = $id === '5d1c9a52-7f0e-4b61-9a3c-2f8e6d4b7a10';")],
    'compares ignoring case': [
      page("if (strtolower($tenant) === 'zephyra') { go(); }"),
      page("if (strcasecmp($tenant, 'Zephyra') === 0) { go(); }"),
    ],
    'switches on the account': [
      page(
        "switch ($account->slug) {\n    case 'lumora': // <<\n        return 1;\n    default:\n        return 2;\n}",
      ),
      page("return match ($tenant) {\n    'zephyra', 'lumora' => 1, // <<\n    default => 2,\n};"),
      page('return match ($tenant) {\n    Tenant::Zephyra => 1, // <<\n    default => 2,\n};'),
    ],
    'looks in a list': [
      page("$ok = in_array($acct, ['zephyra', 'lumora'], true);"),
      page("$ok = in_array($acct, array('delta', 'lumora'));"),
      page("$ok = collect(['zephyra', 'lumora'])->contains($acct);"),
    ],
    'keeps a list and looks in it later': [
      inClass(
        "    private const EARLY = ['zephyra', 'lumora']; // <<\n    public function early(string $t): bool { return in_array($t, self::EARLY, true); }",
      ),
      inClass(
        "    private array $early = ['zephyra', 'lumora']; // <<\n    public function early(string $t): bool { return in_array($t, $this->early, true); }",
      ),
      page("$early = ['zephyra', 'lumora']; // <<\nif (in_array($t, $early)) { go(); }"),
      page("foreach (['zephyra', 'lumora'] as $slug) { // <<\n    if ($tenant === $slug) { go(); }\n}"),
    ],
    'keys a map and reads it later': [
      inClass(
        "    private const HOURS = [\n        'zephyra' => 1, // <<\n        'lumora' => 2, // <<\n    ];\n    public function hours(string $t): int { return self::HOURS[$t] ?? 24; }",
      ),
      page("$hours = ['zephyra' => 1]; // <<\n$h = $hours[$tenant] ?? 24;"),
      page("$hours['zephyra'] = 1;"),
      page("if (array_key_exists('zephyra', $hours)) { go(); }"),
      page("$limit = Arr::get($limits, 'zephyra', 5);"),
    ],
    'keys a map of overrides': [
      page("$overrides = ['delta' => ['apiCalls' => 2_000_000]];"),
      page("return ['limit_overrides' => ['delta' => 5]];"),
    ],
    'tests a prefix': [
      page("if (str_starts_with($org->slug, 'zephyra-')) { go(); }"),
      page("if (strpos($tenant, 'zephyra') === 0) { go(); }"),
      page("if (Str::startsWith($tenant, 'zephyra')) { go(); }"),
    ],
    'tests the domain of an e-mail': [
      page("$role = str_ends_with($user->email, '@zephyra.example') ? 'editor' : 'viewer';"),
      page("if (str_contains($email, '@zephyra.example')) { go(); }"),
      page("if (explode('@', $email)[1] === 'zephyra.example') { go(); }"),
    ],
    'matches a pattern': [
      page("if (preg_match('/globe\\.example$/', $request->getHost())) { redirect(); }"),
      page("if (preg_match('#^zephyra-#i', $tenant)) { go(); }"),
      page("if (Str::is('zephyra-*', $tenant)) { go(); }"),
    ],
    'keeps a constant and compares later': [
      inClass(
        "    private const VIP = 'zephyra'; // <<\n    public function skip(Account $account): bool { return $account->slug === self::VIP; }",
      ),
      page("define('VIP', 'zephyra'); // <<\n$skip = $account->slug === VIP;"),
      page("const VIP = 'zephyra'; // <<\n$skip = $account->slug === VIP;"),
      inClass(
        "    public function __construct(private string $vip = 'zephyra') {} // <<\n    public function skip(Account $a): bool { return $a->slug === $this->vip; }",
      ),
    ],
    'names a member of an enumeration': [
      page("enum SpecialTenant: string\n{\n    case Zephyra = 'zephyra'; // <<\n    case Other = 'other';\n}"),
      page('enum PilotCustomer { case Lumora; }'),
    ],
    'reads an environment variable': [
      page("$days = (int) getenv('ZEPHYRA_RETENTION_DAYS');"),
      page("$days = env('ZEPHYRA_RETENTION_DAYS', 30);"),
      page("$seats = $_ENV['DELTA_SEATS'];"),
      page("$days = config('services.zephyra.retention_days');"),
    ],
    'asks for a flag': [
      page("if ($flags->isEnabled('zephyra-bulk-export')) { show(); }"),
      page("if (Feature::active('zephyra-bulk-export')) { show(); }"),
    ],
    'queries for one account': [
      page("$rows = Invoice::where('account_slug', 'zephyra')->get();"),
      page("$rows = DB::table('usage')->where('tenant_id', '=', 'delta')->get();"),
      page("$rows = Usage::query()->whereIn('account_id', ['delta', 'lumora'])->get();"),
      page("$account = Account::whereSlug('zephyra')->first();"),
      page("$account = $repository->findOneBy(['slug' => 'zephyra']);"),
      page("$account = $repository->findOneBySlug('zephyra');"),
      page("$rows = User::where('email', 'like', '%@zephyra.example')->get();"),
    ],
    'embeds SQL': [
      page(`$rows = $db->query("SELECT * FROM usage WHERE account_id = 'zephyra' AND day > {$day}");`),
      page("$sql = <<<SQL\n    SELECT * FROM usage\n    WHERE account_id = 'zephyra' AND day > $day\n    SQL;"),
      page("$sql = <<<'SQL'\n    SELECT * FROM usage WHERE tenant_id IN ('delta', 'lumora')\n    SQL;"),
      page(`$stmt = $pdo->prepare('SELECT * FROM t WHERE tenant = "zephyra"');`),
    ],
    'defaults to an account': [
      page("$tenant = $_GET['tenant'] ?? 'zephyra';"),
      page("$tenant = getenv('DEFAULT_TENANT') ?: 'zephyra';"),
      page("$tenant ??= 'zephyra';"),
      page("$tenant = env('DEFAULT_TENANT', 'zephyra');"),
    ],
    'compares with an id in no list': [
      page("if ($sub->customer === 'cus_TJr3b78dc7HuyQ') { $trialDays = 90; }"),
      inClass(
        "    const BETA = ['org_2f81c', 'org_77aa1']; // <<\n    public function beta(string $orgId): bool { return in_array($orgId, self::BETA); }",
      ),
    ],
    'compares with a number in no list': [
      page('$hidden = in_array($accountId, [25, 26]);'),
      page('if ($invoice->client_id == 4711) { discount(); }'),
      page('return match ($customerId) { 4711 => 1, default => 0 };'),
    ],
    'keeps a date of one contract': [
      inClass("    private const ZEPHYRA_RENEWAL = '2027-03-31';"),
      page("$zephyraRenewal = new DateTimeImmutable('2027-03-31');"),
      page("define('ZEPHYRA_GRACE_UNTIL', '2027-03-31');"),
    ],
    'names an approver': [
      page("if ($approver->email === 'legal@zephyra.example') { release(); }"),
      page("$canSign = $approverEmail === 'cfo@somewhere.example';"),
    ],
  },
  doesNotDecide: {
    'is a comment': [
      page("// Never write $account->id === 'zephyra' here.\n# zephyra\n/* $account->id === 'zephyra' */\n$x = 1;"),
    ],
    'is documentation': [
      page("/** Replaces $account->id === 'zephyra'. */\nfunction f() {}"),
      page("#[OA\\Property(example: 'zephyra')]\nclass C {}"),
    ],
    'is logged': [
      page("Log::info('nightly import for zephyra finished');"),
      page("$this->logger->warning('zephyra', ['tenant' => 'zephyra']); error_log('zephyra'); echo 'zephyra';"),
    ],
    'is thrown': [
      page("throw new InvalidArgumentException('zephyra');"),
      page("$x = $a ?? throw new AccountException('zephyra');"),
    ],
    'is imported': [
      page(
        "namespace App\\Zephyra;\nuse Zephyra\\Client;\nrequire_once __DIR__ . '/zephyra.php';\n(new \\Zephyra\\Client())->send();",
      ),
    ],
    'is another kind of thing': [
      page("return $kind === 'delta' ? $v + $delta : $v;"),
      page("return match ($op->type) { 'delta' => 1, default => 0 };"),
      page('enum Projection { case Globe; case Flat; }\n$p === Projection::Globe;'),
      page('$this->delta = $delta; return $this->delta * 2;'),
      page("return match ($tier) { 1 => 'zephyra', default => '' };"),
    ],
    'is a key of icons': [page("$icons = ['globe' => 'fa-globe', 'delta' => 'fa-delta'];")],
    'compares two variables': [page('return $a->id === $b->id || in_array($account->id, $ids, true);')],
    'compares with nothing': [
      page("return $account->id === '' || $account->id === null || empty($account->id) || !isset($account->slug);"),
    ],
    'compares with a sentinel': [page("return $tenant === 'default' || $tenant === 'superadmin' || $accountId === 0;")],
    'compares a plan': [page("return $account->plan === 'enterprise' || in_array('sso', $account->addOns);")],
    'compares a role': [page("return in_array($member->role, ['admin', 'manager'], true);")],
    'is the id of another thing': [page('if ($order->id === 4711 || $userId === 17) { go(); }')],
    'is a URL of a vendor': [
      page("$answer = Http::get('https://api.zephyra.example/v1/parcels');"),
      inClass("    private const BASE = 'https://api.zephyra.example/v1';"),
    ],
    'is a test inside the file': [
      inClass(
        "    #[Test]\n    public function paysLate(): void { if ($account->id === 'zephyra') { $this->fail(); } }",
      ),
      page("it('pays late', function () {\n    expect($account->id === 'zephyra')->toBeTrue();\n});"),
    ],
  },
};
