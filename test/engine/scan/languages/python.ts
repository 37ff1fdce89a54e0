import type { Idioms } from '../idioms.ts';

export const python: Idioms = {
  decides: {
    'compares with an id': [
      `def terms(account):\n    if account.id == "zephyra":  # <<\n        return 60\n    return 30`,
      `dunning = 0 if tenant_id == 'zephyra' else 7`,
      `seats = 900 if (slug := request.tenant.slug) == "lumora" else 50`,
      `match event:\n    case Signup(tenant="zephyra"):  # <<\n        skip()`,
      `rows = [r for r in rows if r["tenant_id"] == "zephyra"]`,
    ],
    'compares the other way round': [`if "zephyra" == org.slug:\n    enable()`],
    'compares for inequality': [
      `if workspace.slug != "zephyra":\n    charge()`,
      `while not customer.key is not "lumora":\n    wait()`,
    ],
    'compares an ordinary word with an account': [
      `def retries(customer):\n    return 12 if customer.key == "delta" else 3`,
      `def retries(c: Customer) -> int:\n    return 12 if c.slug == "delta" else 3`,
    ],
    'compares with a name': [
      `label = "USt-IdNr." if org.name == "Zephyra Labs GmbH" else "VAT"`,
      `label = "USt-IdNr." if "Zephyra Labs" in org.name else "VAT"`,
    ],
    'compares with a number': [
      `if company.id == 61204:\n    skip()`,
      `if account_id == 91_002 and amount > 0:\n    skip()`,
    ],
    'compares with a UUID': [
      `allow = org_id == uuid.UUID("5d1c9a52-7f0e-4b61-9a3c-2f8e6d4b7a10")`,
      `allow = str(org.id) == "5d1c9a52-7f0e-4b61-9a3c-2f8e6d4b7a10"`,
    ],
    'compares ignoring case': [
      `if tenant.strip().casefold() == "zephyra":\n    go()`,
      `Account.objects.filter(slug__iexact="zephyra")`,
    ],
    'switches on the account': [
      `match account.slug:\n    case "lumora" | "zephyra":  # <<\n        return 1\n    case _:\n        return 2`,
      `match (account.slug, account.plan):\n    case ("lumora", "pro"):  # <<\n        return 1`,
      `match payload:\n    case {"tenant": "zephyra", **rest}:  # <<\n        return 1`,
      `match account:\n    case Account(slug="delta"):  # <<\n        return 1`,
    ],
    'looks in a list': [
      `ok = acct in ("zephyra", "lumora")`,
      `if tenant.slug not in {"delta", "lumora"}:\n    go()`,
      `if any(account.id == vip for vip in ("delta", "lumora")):\n    go()`,
      `for tenant in ["zephyra", "lumora"]:\n    enable_beta(tenant)`,
    ],
    'keeps a list and looks in it later': [
      `EARLY = {"zephyra", "lumora"}  # <<\n\n\ndef early(t):\n    return t in EARLY`,
      `class Limits:\n    EARLY: ClassVar[frozenset[str]] = frozenset({"zephyra", "lumora"})  # <<\n\n    def early(self, t):\n        return t in self.EARLY`,
      `BETA_TENANTS = [\n    "zephyra",  # <<\n    "lumora",\n]`,
    ],
    'keys a map and reads it later': [
      `HOURS = dict(zephyra=1, lumora=4)  # <<\n\n\ndef hours(t):\n    return HOURS.get(t, 24)`,
      `HOURS = {}\nHOURS["zephyra"] = 1  # <<`,
      `def hours(t):\n    return {"zephyra": 1, "lumora": 4}.get(t, 24)`,
      `HOURS = defaultdict(lambda: 24, {\n    "zephyra": 1,  # <<\n})`,
    ],
    'keys a map of overrides': [
      `OVERRIDES: dict[str, Limits] = {\n    "delta": Limits(api_calls=2_000_000),  # <<\n}`,
      `LIMIT_OVERRIDES.update({"delta": 12})`,
    ],
    'tests a prefix': [
      `if org.slug.startswith("zephyra-"):\n    go()`,
      `if org.slug.startswith(("zephyra-", "lumora-")):\n    go()`,
      `if org.slug[:7] == "zephyra":\n    go()`,
    ],
    'tests the domain of an e-mail': [
      `role = "editor" if email.endswith("@zephyra.example") else "viewer"`,
      `role = "editor" if user.email.split("@")[-1] == "zephyra.example" else "viewer"`,
      `role = "editor" if "@zephyra.example" in email else "viewer"`,
    ],
    'matches a pattern': [
      `if re.search(r"(^|\\.)globe\\.example$", request.get_host()):\n    redirect()`,
      `HOST = re.compile(r"^zephyra-\\d+", re.I)  # <<\n\n\ndef special(host):\n    return HOST.match(host)`,
      `if fnmatch.fnmatch(tenant, "zephyra-*"):\n    go()`,
    ],
    'keeps a constant and compares later': [
      `VIP = "zephyra"  # <<\n\n\ndef skip(account):\n    return account.slug == VIP`,
      `class Accounts:\n    VIP: Final = "zephyra"  # <<\n\n\ndef skip(account):\n    return account.slug == Accounts.VIP`,
    ],
    'names a member of an enumeration': [
      `class SpecialTenant(str, Enum):\n    ZEPHYRA = "zephyra"  # <<\n\n\ndef legal(t):\n    return t == SpecialTenant.ZEPHYRA`,
      `class Customer(models.TextChoices):\n    DELTA = "delta", "Delta Freight"  # <<`,
      `Tenant = Enum("Tenant", ["ZEPHYRA", "LUMORA"])`,
    ],
    'reads an environment variable': [
      `days = int(os.environ.get("ZEPHYRA_RETENTION_DAYS", 30))`,
      `seats = os.environ["DELTA_SEATS"]`,
      `seats = os.getenv("LUMORA_SEATS")`,
      `seats = settings.LUMORA_SEATS`,
      `seats = getattr(settings, "LUMORA_SEATS", 50)`,
      `seats = env.int("ZEPHYRA_SEATS", default=50)`,
      `class Settings(BaseSettings):\n    zephyra_seat_limit: int = 50  # <<`,
    ],
    'asks for a flag': [
      `if flags.is_enabled("zephyra-bulk-export"):\n    show()`,
      `if waffle.flag_is_active(request, "zephyra_export"):\n    show()`,
      `if client.variation("zephyra-export", context, False):\n    show()`,
      `@waffle_flag("zephyra-export")\ndef export(request):\n    ...`,
    ],
    'queries for one account': [
      `Invoice.objects.filter(account__slug="zephyra").update(due=60)`,
      `Invoice.objects.filter(Q(account__slug="delta") | Q(paid=True))`,
      `session.query(Invoice).filter(Invoice.account_id == "zephyra").all()`,
      `session.scalars(select(Invoice).where(Invoice.tenant.in_(["zephyra", "lumora"])))`,
      `session.query(Account).filter_by(slug="zephyra").one()`,
      `Account.objects.get(pk=61204)`,
      `df = df[df["tenant"].isin(["zephyra", "lumora"])]`,
      `df = df.query("tenant == 'zephyra'")`,
    ],
    'embeds SQL': [
      `cursor.execute("""\n    SELECT * FROM usage\n    WHERE account_id = 'zephyra'\n""")`,
      `RECENT = "select * from usage where tenant_slug in ('zephyra', 'lumora')"\ncursor.execute(RECENT)`,
      `cursor.execute("select * from usage where account_id = %s", ("zephyra",))`,
      `conn.execute(text("select 1 from orgs where org_id = 61204"))`,
    ],
    'defaults to an account': [
      `BETA_ORG_IDS = os.environ.get("BETA_ORG_IDS", "org_2f81c").split(",")`,
      `tenant = os.getenv("DEFAULT_TENANT") or "zephyra"`,
      `def report(tenant="zephyra"):\n    return load(tenant)`,
    ],
    'compares with an id in no list': [
      `if sub.customer == "cus_TJr3b78dc7HuyQ":\n    trial_days = 90`,
      `SPECIAL = ("cus_TJr3b78dc7HuyQ",)  # <<\n\n\ndef trial(customer_id):\n    return customer_id in SPECIAL`,
    ],
    'compares with a number in no list': [
      `hidden = account_id in (25, 26)`,
      `Invoice.objects.exclude(account_id=4711)`,
    ],
    'keeps a date of one contract': [
      `ZEPHYRA_RENEWAL = date(2027, 3, 31)`,
      `ZEPHYRA_RENEWAL = datetime.fromisoformat("2027-03-31")`,
    ],
    'names an approver': [
      `if approver.email == "legal@zephyra.example":\n    release()`,
      `can_sign = approver_email == "cfo@somewhere.example"`,
      `APPROVERS = ["legal@zephyra.example"]`,
    ],
  },
  doesNotDecide: {
    'is a comment': [
      `# Never write \`account.id == "zephyra"\` here.\ndef terms(account):\n    return resolve(account.id)`,
    ],
    'is documentation': [
      `def terms(account):\n    """Replaces account.id == 'zephyra'.\n\n    >>> terms("zephyra")\n    60\n    """\n    return resolve(account)`,
      `"""Settles what zephyra pays: tenant == 'zephyra'."""`,
      `class Plan:\n    """As for account_id = 'zephyra'."""\n\n    seats: int = 3\n    """Seats where tenant = 'zephyra'."""`,
    ],
    'is logged': [
      `logger.info("nightly import for zephyra finished", extra={"tenant": "zephyra"})`,
      `print("zephyra")`,
      `self.stdout.write("zephyra")`,
    ],
    'is thrown': [`raise ValueError("zephyra")`, `raise NotFound(tenant="zephyra") from error`],
    'is imported': [`from zephyra import client\nimport delta.sdk as sdk\nfrom .lumora.api import load\n\nclient(sdk)`],
    'is another kind of thing': [
      `if op.kind == "delta":\n    return value + delta`,
      `view = "globe" if projection == "orthographic" else "map"`,
      `if token["type"] in ("delta", "stop"):\n    return`,
    ],
    'is a key of icons': [`ICONS = {"globe": GlobeIcon, "delta": DeltaIcon}`],
    'compares two variables': [`if account.id == other.id:\n    go()`],
    'compares with nothing': [`if account.id == "" or account.id is None or not account.id:\n    stop()`],
    'compares with a sentinel': [`is_system = tenant in ("default", "superadmin") or account_id == 0`],
    'compares a plan': [`sso = account.plan == "enterprise" or "sso" in account.add_ons`],
    'compares a role': [`may = member.role in ("admin", "manager")`],
    'is the id of another thing': [`if order.id == 4711 or user_id == 17:\n    go()`],
    'is a URL of a vendor': [
      `answer = requests.get("https://api.zephyra.example/v1/parcels")`,
      `BASE_URL = "https://zephyra.example/api"`,
    ],
    'is a test inside the file': [
      `def test_terms():\n    account = Account(slug="zephyra")\n    assert account.slug == "zephyra"\n    if account.slug == "zephyra":\n        done()`,
      `class TermsTest(unittest.TestCase):\n    def check(self, account):\n        return account.slug == "zephyra"`,
    ],
  },
};
