/** The smallest repository of terms that says something: two settings, one plan, one customer. */
export const tinyCompany = {
  'schemas/generated/catalogue.json': JSON.stringify({
    v: 1,
    settings: {
      seats: {
        kind: 'limit',
        unit: 'seat',
        area: 'access',
        description: 'People who can sign in.',
        default: 3,
        favours: 'more',
      },
      sso: { kind: 'feature', area: 'access', description: 'Company sign-in.', default: false, favours: true },
    },
  }),
  'plans/studio@1.yaml':
    'name: Studio\nrank: 20\nsettings: { seats: 5 }\nprice: { currency: USD, per: month, amount: "49.00" }\n',
  'customers/acme.yaml': 'name: Acme\nplan: studio@1\n',
} as const;
