import { racesOn } from '../contract/races.ts';

racesOn('postgres');
