/** Registers of trees, kept inside git's own folder: what everybody's files say, so that only those that differ are read. */

import { hash } from 'node:crypto';
import { accessSync, constants, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Settings } from '../../schemas/setting.ts';
import { AGAIN } from '../register/card.ts';
import { joinClaims } from '../register/claims.ts';
import type { Rows } from '../register/row.ts';
import { folderInRepository, ownDataIn } from './place-in-git.ts';
import { readRegisterParts } from './read-register-parts.ts';
import { readableOf } from './read-repository.ts';
import { isOfCustomers } from './rooms.ts';
import { openTable } from './table/open-table.ts';
import { writeRow } from './table/row-text.ts';
import type { TableDamaged } from './table/table-damaged.ts';
import { trimTables } from './table/trim-tables.ts';
import { writeLines } from './table/write-table.ts';
import type { TreeEntry } from './trees.ts';

/** What a register is of. */
export interface About {
  /** The program that wrote it: another may judge files in another way. */
  version: string;
  /** The commit or tree that was gone through. */
  tree: string;
  /** git's id of the catalogue that files were held against. */
  catalogue: string;
  customers: number;
}

export interface TreeRegister {
  about: About;
  rows: Rows;
}

/** Registers that are kept, and the room they may take: other folders and older states of one repository. */
const KEPT = { files: 4, bytes: 2_000_000_000 };

export interface MakeOptions {
  /** Up to so many customers are gone through by one thread. */
  alone: number;
  /** Is told how many files were read so far. */
  onRead(files: number, of: number): void;
  /** Threads came to nothing, and everything is gone through again without them. */
  onAlone(reason: Error): void;
}

const opened = new Map<string, Promise<TreeRegister | undefined>>();

/** Where the register of a folder lies: never in what is checked out. */
async function placeOf(root: string): Promise<string> {
  const folder = hash('sha256', await folderInRepository(root)).slice(0, 16);
  return ownDataIn(root, `registers/${folder}.table`);
}

/** The register that was written last for this folder by this version, of whatever tree. One that is damaged is none. */
export function openRegister(root: string, version: string): Promise<TreeRegister | undefined> {
  const known = opened.get(root) ?? findRegister(root, version);
  opened.set(root, known);
  return known;
}

async function findRegister(root: string, version: string): Promise<TreeRegister | undefined> {
  const table = openTable(await placeOf(root));
  const about = table?.about as About | undefined;
  return table && about?.version === version ? { about, rows: table } : undefined;
}

/**
 * Goes through the customers of a tree once, part by part, and keeps what they say. `entries` is all the tree lists.
 * Undefined where nothing can be kept.
 */
export async function makeRegister(
  root: string,
  entries: readonly TreeEntry[],
  settings: Settings,
  about: Omit<About, 'customers'>,
  { alone, onRead, onAlone }: MakeOptions,
): Promise<TreeRegister | undefined> {
  const place = await placeOf(root);
  if (!mayWrite(place)) return undefined;
  const { wanted, diagnostics } = readableOf(entries.filter(({ path }) => isOfCustomers(path)));
  const onTheWay = { onRead: (read: number): void => onRead(read, wanted.length), onAlone };
  const parts = await readRegisterParts({ root, settings, wanted }, alone, onTheWay);
  const { customers, again } = joinClaims([parts[0].claims, ...parts.slice(1).map(({ claims }) => claims)]);
  const lines = parts.flatMap((part) => part.lines);
  for (const path of [...again, ...diagnostics.map(({ at }) => at.path)]) lines.push(writeRow({ key: AGAIN, path }));
  const register = keep(place, { ...about, customers }, lines);
  opened.set(root, Promise.resolve(register));
  return register;
}

/** Where git's own folder may only be read, everything is done without. */
function mayWrite(place: string): boolean {
  try {
    mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
    accessSync(dirname(place), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function keep(place: string, about: About, lines: string[]): TreeRegister | undefined {
  try {
    writeLines(place, { ...about }, lines);
    trimTables(dirname(place), KEPT);
  } catch {
    // Such as a disk that is full.
    return undefined;
  }
  const table = openTable(place);
  return table && { about, rows: table };
}

/** Removes a register that turned out to be damaged; what was opened from it is of no use any more. */
export function forgetRegister({ file }: TableDamaged): void {
  opened.clear();
  rmSync(file, { force: true });
}
