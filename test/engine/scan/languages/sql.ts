import type { Idioms } from '../idioms.ts';

export const sql: Idioms = {
  decides: {
    'compares with an id': [
      `SELECT * FROM usage\nWHERE account_id = 'zephyra' -- <<\n  AND kind = 'api';`,
      `CREATE VIEW invoices_due AS\nSELECT i.id, CASE WHEN o.slug = 'zephyra' THEN 60 ELSE 30 END AS net_days -- <<\nFROM invoices i JOIN orgs o ON o.id = i.org_id;`,
      `SELECT * FROM invoices i JOIN discounts d ON d.plan = i.plan AND i.tenant = 'zephyra';`,
      `CREATE POLICY own_rows ON documents USING (tenant_id = 'zephyra');`,
      `CREATE FUNCTION net_days(v_slug text) RETURNS int AS $$\nBEGIN\n  IF v_slug = 'zephyra' THEN -- <<\n    RETURN 60;\n  END IF;\n  RETURN 30;\nEND;\n$$ LANGUAGE plpgsql;`,
      `SELECT * FROM [dbo].[Invoices] WHERE [CustomerId] = N'zephyra'`,
      'SELECT * FROM `usage` WHERE `account_id` = "zephyra"',
      `UPDATE limits SET seats = 500 WHERE account_id = 'zephyra';`,
      `DELETE FROM dunning_runs WHERE tenant = 'zephyra';`,
      `SELECT count(*) FILTER (WHERE t.slug = 'zephyra') FROM tenants t;`,
      `{% if var('tenant') == 'zephyra' %} select 1 {% endif %}`,
    ],
    'compares the other way round': [`SELECT 1 FROM orgs WHERE 'zephyra' = slug;`],
    'compares for inequality': [
      `SELECT 1 FROM orgs WHERE slug <> 'zephyra';`,
      `SELECT 1 FROM orgs WHERE slug != 'zephyra';`,
      `SELECT 1 FROM orgs WHERE slug IS DISTINCT FROM 'zephyra';`,
    ],
    'compares an ordinary word with an account': [
      `SELECT 1 FROM usage WHERE account_slug = 'delta';`,
      `SELECT 1 FROM customers c WHERE c.slug = 'delta';`,
      `SELECT * FROM tenants WHERE slug = 'delta';`,
      `SELECT * FROM events WHERE payload->>'tenant_id' = 'delta';`,
    ],
    'compares with a name': [`SELECT 1 FROM orgs WHERE name = 'Zephyra Labs GmbH';`],
    'compares with a number': [
      `SELECT 1 FROM usage WHERE account_id = 61204;`,
      `SELECT 1 FROM companies WHERE id IN (61204, 70518);`,
      `SELECT CASE company_id WHEN 91002 THEN 1 ELSE 0 END FROM usage;`,
    ],
    'compares with a UUID': [
      `SELECT 1 FROM usage WHERE org_id = '5d1c9a52-7f0e-4b61-9a3c-2f8e6d4b7a10'::uuid;`,
      `SELECT 1 FROM usage WHERE org_id = CAST('5d1c9a52-7f0e-4b61-9a3c-2f8e6d4b7a10' AS uuid);`,
    ],
    'compares ignoring case': [
      `SELECT 1 FROM orgs WHERE lower(slug) = lower('Zephyra');`,
      `SELECT 1 FROM orgs WHERE slug ILIKE 'zephyra';`,
    ],
    'switches on the account': [
      `SELECT CASE o.slug\n  WHEN 'lumora' THEN 1 -- <<\n  WHEN 'zephyra' THEN 2 -- <<\n  ELSE 3 END\nFROM orgs o;`,
    ],
    'looks in a list': [
      `SELECT 1 FROM usage WHERE tenant_id IN ('zephyra', 'lumora');`,
      `SELECT 1 FROM usage WHERE tenant_id NOT IN ('delta');`,
      `SELECT 1 FROM usage WHERE tenant_id = ANY(ARRAY['zephyra', 'lumora']);`,
      `ALTER TABLE exports ADD CONSTRAINT who CHECK (tenant IN ('zephyra'));`,
      `SELECT 1 FROM usage WHERE (tenant, plan) IN (('zephyra', 'pro'));`,
      `{% if tenant in ['zephyra', 'lumora'] %} select 1 {% endif %}`,
      `CREATE TABLE usage_zephyra PARTITION OF usage FOR VALUES IN ('zephyra');`,
    ],
    'keeps a list and looks in it later': [
      `{% set vips = ['zephyra', 'lumora'] %} -- <<\nselect * from usage\n{% if var('org') in vips %} limit 1 {% endif %}`,
      `WITH vip_accounts(slug) AS (VALUES ('zephyra'), ('lumora')) -- <<\nSELECT * FROM usage WHERE account IN (SELECT slug FROM vip_accounts);`,
    ],
    'keys a map and reads it later': [
      `SELECT u.*, o.hours\nFROM usage u\nJOIN (VALUES ('zephyra', 1), ('lumora', 4)) AS o(tenant_id, hours) ON o.tenant_id = u.tenant_id; -- <<`.replace(
        ' -- <<',
        '',
      ),
      `with overrides as (\n  select 'zephyra' as account_id, 60 as net_days -- <<\n)\nselect * from overrides`,
    ],
    'keys a map of overrides': [
      `INSERT INTO feature_overrides (account_id, feature, enabled)\nVALUES ('zephyra', 'sso', true), -- <<\n       ('delta', 'sso', true); -- <<`,
      `INSERT INTO account_limits (account_id, seats) VALUES (61204, 500);`,
      `INSERT INTO account_overrides VALUES ('zephyra', 'seats', '500');`,
      `UPDATE feature_flags SET tenants = 'zephyra' WHERE name = 'sso';`,
    ],
    'tests a prefix': [
      `SELECT 1 FROM orgs WHERE slug LIKE 'zephyra-%';`,
      `SELECT 1 FROM orgs WHERE starts_with(slug, 'zephyra-');`,
    ],
    'tests the domain of an e-mail': [
      `SELECT 1 FROM users WHERE email LIKE '%@zephyra.example';`,
      `SELECT 1 FROM users WHERE split_part(email, '@', 2) = 'zephyra.example';`,
    ],
    'matches a pattern': [
      `SELECT 1 FROM visits WHERE host ~* '(^|\\.)globe\\.example$';`,
      `SELECT 1 FROM orgs WHERE regexp_like(slug, '^zephyra');`,
    ],
    'keeps a constant and compares later': [
      `DO $$\nDECLARE\n  v_vip constant text := 'zephyra'; -- <<\nBEGIN\n  IF current_tenant() = v_vip THEN\n    PERFORM 1;\n  END IF;\nEND $$;`,
      `DECLARE @vip nvarchar(50) = 'zephyra'; -- <<\nSELECT * FROM usage WHERE tenant = @vip;`,
      `SET @vip = 'zephyra'; -- <<\nSELECT * FROM \`usage\` WHERE tenant = @vip;`,
    ],
    'names a member of an enumeration': [`CREATE TYPE special_tenant AS ENUM ('zephyra', 'lumora');`],
    'reads an environment variable': [`select {{ env_var('ZEPHYRA_SEATS') }}`],
    'asks for a flag': [`INSERT INTO feature_flags (name, enabled) VALUES ('zephyra-export', true);`],
    'queries for one account': [`SELECT seats FROM accounts WHERE id = 'zephyra';`],
    'embeds SQL': [`EXECUTE 'SELECT 1 FROM usage WHERE tenant = ''zephyra''';`],
    'defaults to an account': [
      `CREATE TABLE reports (id int, tenant text NOT NULL DEFAULT 'zephyra');`,
      `SELECT coalesce(r.tenant_id, 'zephyra') FROM reports r;`,
    ],
    'compares with an id in no list': [
      `SELECT 1 FROM subscriptions WHERE customer_id = 'cus_TJr3b78dc7HuyQ';`,
      `SELECT 1 FROM usage WHERE org_id IN ('0f9b1e8e-6f1d-4f1e-9e58-6d1a9a0f2b11');`,
    ],
    'compares with a number in no list': [`SELECT 1 FROM usage WHERE account_id IN (4711, 4712);`],
    'keeps a date of one contract': null,
    'names an approver': [`SELECT 1 FROM releases WHERE approver_email = 'cfo@somewhere.example';`],
  },
  doesNotDecide: {
    'is a comment': [
      `-- account_id = 'zephyra'\n/* tenant IN ('zephyra')\n   slug = 'lumora' */\nSELECT 1;`,
      `{# tenant == 'zephyra' #}\nselect 1`,
    ],
    'is documentation': [
      `COMMENT ON COLUMN orgs.slug IS 'zephyra';`,
      `COMMENT ON TABLE x IS 'where tenant = ''zephyra''';`,
    ],
    'is logged': [`DO $$ BEGIN RAISE NOTICE 'zephyra %', 1; END $$;`, `PRINT 'zephyra';`],
    'is thrown': [`DO $$ BEGIN RAISE EXCEPTION 'tenant = zephyra'; END $$;`],
    'is imported': [`COPY accounts (id, name) FROM stdin;\nzephyra\tZephyra Labs GmbH\nlumora\tLumora\n\\.\nSELECT 1;`],
    'is another kind of thing': [
      `SELECT 1 FROM changes WHERE kind = 'delta';`,
      `SELECT CASE event_type WHEN 'delta' THEN 1 END FROM events;`,
      `INSERT INTO accounts (id, name) VALUES ('zephyra', 'Zephyra Labs GmbH');`,
      `INSERT INTO shipments (id, tenant_id) VALUES (1, 'zephyra');`,
      `UPDATE accounts SET name = 'Zephyra Labs GmbH' WHERE id = $1;`,
      `CREATE TYPE change_kind AS ENUM ('delta', 'full');`,
      `SELECT 'zephyra' AS label;`,
      `CREATE TABLE t USING delta AS SELECT 1;`,
    ],
    'is a key of icons': [`INSERT INTO icons (name, file) VALUES ('globe', 'globe.svg'), ('delta', 'delta.svg');`],
    'compares two variables': [`SELECT 1 FROM orgs o JOIN usage u ON o.id = u.org_id;`],
    'compares with nothing': [`SELECT 1 FROM orgs WHERE slug = '' OR slug IS NULL;`],
    'compares with a sentinel': [`SELECT 1 FROM usage WHERE tenant_id NOT IN ('default', 'internal') AND org_id <> 0;`],
    'compares a plan': [`SELECT 1 FROM accounts WHERE plan = 'enterprise' AND seats > 61204;`],
    'compares a role': [`SELECT 1 FROM members WHERE role IN ('admin', 'manager');`],
    'is the id of another thing': [
      `SELECT 1 FROM orders WHERE id = 4711;`,
      `SELECT 1 FROM users u WHERE u.id = 61204;`,
      `SELECT 1 FROM account_users WHERE id = 4711 LIMIT 70518;`,
    ],
    'is a URL of a vendor': [`UPDATE settings SET endpoint = 'https://api.zephyra.example/v1' WHERE name = 'carrier';`],
    'is a test inside the file': null,
  },
};
