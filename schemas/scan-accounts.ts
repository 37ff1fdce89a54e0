/** What the scanner may be told of the customers where their files are not: a list in clear, or a dictionary that shows no names. */
import { z } from 'zod';
import { day, email, text, textLike } from './scalars.ts';
import { scan } from './scan.ts';

const domain = textLike(/^[^\s@/:.]+(\.[^\s@/:.]+)+$/, 'a domain like acme.com, without @, https:// or a path');

const account = z
  .strictObject({
    id: text.meta({ description: 'As the product knows it.' }),
    name: text.meta({ description: 'The company, as people call it.' }),
    aliases: z.array(text).optional().meta({ description: 'Other names.' }),
    domains: z.array(domain).optional().meta({ description: 'Web and e-mail domains.' }),
    externalIds: z
      .record(z.string(), z.union([text, z.int().min(0)]))
      .optional()
      .meta({ description: 'Its ids elsewhere, such as `stripe`; a number is an id of rows in the database.' }),
    people: z.array(email).optional().meta({ description: 'E-mail addresses of its people.' }),
  })
  .meta({ title: 'Account' });

export const accountList = z.array(account).meta({ title: 'Accounts' });

const hash = textLike(/^[0-9a-f]{32}$/, '32 digits in hexadecimal');
const base64 = textLike(/^[A-Za-z0-9+/]*={0,2}$/, 'base64');

const offer = z.strictObject({
  is: z.enum(['setting', 'add-on']),
  id: text,
  label: text,
  kind: z.enum(['feature', 'limit', 'choice', 'text', 'list']).optional(),
  words: z.array(text),
});

export const hashedDictionary = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(1),
    salt: textLike(/^[A-Za-z0-9+/]{22,}={0,2}$/, 'at least 16 bytes in base64'),
    mostParts: z.int().min(1).max(64),
    marks: base64.meta({ description: 'Numbers of 32 bits, low byte first, ascending.' }),
    terms: z.record(hash, z.array(base64).min(1)),
    policy: scan,
    offers: z.array(offer),
    exceptions: z
      .record(hash, z.strictObject({ of: hash, lastDay: day.optional() }))
      .optional()
      .meta({ description: 'By the hash of its id, whose an exception is and the last day it may excuse code.' }),
  })
  .meta({ title: 'Hashed dictionary', description: 'Written by `proviso accounts --hashed`.' });

export type AccountList = z.infer<typeof accountList>;
export type HashedDictionary = z.infer<typeof hashedDictionary>;
