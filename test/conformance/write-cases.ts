import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { caseFile } from './case-file.ts';

writeFileSync(fileURLToPath(new URL('../../conformance/heads/cases.json', import.meta.url)), caseFile());
