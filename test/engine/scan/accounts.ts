import type { Account } from '../../../engine/scan/names/account.ts';

/** Two names nobody else has, and two that are words of the language. */
export const accounts: readonly Account[] = [
  {
    id: 'zephyra',
    name: 'Zephyra Labs GmbH',
    aliases: ['ZephyraLabs', 'ZYL'],
    domains: ['zephyra.example'],
    externalIds: {
      stripe: 'cus_Zp4hyra81Kd',
      uuid: '5d1c9a52-7f0e-4b61-9a3c-2f8e6d4b7a10',
      numeric: '61204',
      contract: 'CT-2027-0042',
    },
    people: ['legal@zephyra.example'],
  },
  {
    id: 'lumora',
    name: 'Lumora',
    aliases: ['Lumora-Health'],
    domains: ['lumora.example'],
    externalIds: { numeric: '70518' },
    people: [],
  },
  {
    id: 'delta',
    name: 'Delta Freight',
    aliases: [],
    domains: ['deltafreight.example'],
    externalIds: { numeric: '91002' },
    people: [],
  },
  { id: 'globe', name: 'Globe Media', aliases: [], domains: ['globe.example'], externalIds: {}, people: [] },
];
