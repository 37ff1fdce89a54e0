import type { Idioms } from '../idioms.ts';

export const json: Idioms = {
  decides: {
    'compares with an id': [
      `{ "rules": [{ "tenant": "zephyra", "maxSeats": 500 }] }`,
      `{\n  "shards": { "dedicated": { "tenant": "zephyra" } }\n}`,
    ],
    'compares the other way round': null,
    'compares for inequality': null,
    'compares an ordinary word with an account': [
      `{ "betaTenants": ["delta"] }`,
      `{ "customers": { "delta": { "region": "eu-2" } } }`,
    ],
    'compares with a name': null,
    'compares with a number': [
      `{ "skipDunning": { "accountIds": [61204, 70518] } }`,
      `{ "accounts": { "61204": { "seats": 4 } } }`,
    ],
    'compares with a UUID': [`{ "5d1c9a52-7f0e-4b61-9a3c-2f8e6d4b7a10": { "seats": 9 } }`],
    'compares ignoring case': null,
    'switches on the account': null,
    'looks in a list': [`{ "features": { "export": { "enabledFor": ["zephyra"] } } }`, `{ "vip": ["zephyra"] }`],
    'keeps a list and looks in it later': [
      `{ "betaTenants": ["zephyra", "delta"] }`,
      `{ "betaOrgs": "zephyra,lumora" }`,
    ],
    'keys a map and reads it later': [
      `{ "limits": { "default": 5, "zephyra": 50 } }`,
      `{ "retention": { "byAccount": { "zephyra": 365 } } }`,
      `{ "zephyra": { "seats": 5, "sso": true } }`,
    ],
    'keys a map of overrides': [
      `// what plans do not say\n{\n  "overrides": {\n    "delta": { "apiCalls": 2000000 }, // <<\n    "lumora": { "apiCalls": 3 }, // <<\n  },\n}`,
    ],
    'tests a prefix': null,
    'tests the domain of an e-mail': [
      `{ "allowedDomains": ["zephyra.example", "ourapp.example"] }`,
      `{ "sso": { "emailDomains": { "zephyra.example": "okta" } } }`,
      `{ "cors": { "allowedOrigins": ["https://zephyra.example"] } }`,
    ],
    'matches a pattern': null,
    'keeps a constant and compares later': null,
    'names a member of an enumeration': null,
    'reads an environment variable': [`{ "ZEPHYRA_SEATS": "500" }`, `{ "zephyraRetentionDays": 365 }`],
    'asks for a flag': [`{ "features": { "zephyra-export": true } }`, `{ "flags": ["zephyra-export", "dark-mode"] }`],
    'queries for one account': [`{ "when": "tenant == 'zephyra'", "then": "skip" }`],
    'embeds SQL': [`{ "query": "SELECT * FROM usage WHERE account_id = 'zephyra'" }`],
    'defaults to an account': null,
    'compares with an id in no list': [
      `{ "betaTenants": ["org_2f81c9"] }`,
      `{ "overrides": { "orgs": { "org_2f81c9": { "seats": 9 } } } }`,
    ],
    'compares with a number in no list': [`{ "exemptAccounts": [4711, 4712] }`],
    'keeps a date of one contract': null,
    'names an approver': [`{ "approvers": ["legal@zephyra.example"] }`],
  },
  doesNotDecide: {
    'is a comment': [`// tenant: zephyra\n{ "a": 1 /* tenants: { zephyra: 5 } */ }`],
    'is documentation': [
      `{ "openapi": "3.0.0", "components": { "schemas": { "Tenant": { "enum": ["zephyra"] } } } }`,
      `{ "$schema": "https://json-schema.org/draft/2020-12/schema", "properties": { "tenant": { "enum": ["zephyra"] } } }`,
      `{ "description": "zephyra has special limits" }`,
      `{ "examples": { "tenant": "zephyra", "seats": 5 } }`,
    ],
    'is logged': null,
    'is thrown': null,
    'is imported': [
      `{ "name": "delta", "version": "1.0.0", "dependencies": { "zephyra": "^1.0.0" } }`,
      `{ "paths": { "delta": ["./src/delta"] } }`,
    ],
    'is another kind of thing': [
      `{ "mode": "delta", "projection": "globe" }`,
      `{ "features": { "globe": true, "delta": false }, "limits": { "delta": 5 } }`,
      `{ "vendor": "zephyra", "integrations": ["zephyra", "slack"] }`,
      `{ "image": "registry.example/zephyra/worker:1.2" }`,
      `{ "accounts": [{ "id": "zephyra", "name": "Zephyra Labs GmbH", "region": "eu" }] }`,
      `{ broken "tenants": { "zeph" [ }`,
    ],
    'is a key of icons': [
      `{ "icons": { "globe": "globe.svg", "delta": "delta.svg" } }`,
      `{ "menu": { "globe": "Globe", "delta": "Delta" } }`,
    ],
    'compares two variables': null,
    'compares with nothing': [`{ "betaTenants": [], "tenants": {}, "tenant": "" }`],
    'compares with a sentinel': [`{ "tenants": { "default": { "seats": 1 } }, "tenant": "internal" }`],
    'compares a plan': [`{ "plans": { "delta": { "seats": 5 } }, "accounts": { "plan": "enterprise" } }`],
    'compares a role': [`{ "accounts": { "roles": ["admin", "manager"] } }`],
    'is the id of another thing': [
      `{ "port": 61204, "accounts": { "max": 70518 }, "orderId": 4711 }`,
      `{ "users": [{ "email": "a@zephyra.example" }] }`,
    ],
    'is a URL of a vendor': [
      `{ "carriers": { "zephyra": { "baseUrl": "https://api.zephyra.example" } } }`,
      `{ "clients": { "zephyra": { "baseUrl": "https://api.zephyra.example", "apiKey": "x" } } }`,
    ],
    'is a test inside the file': null,
  },
};
