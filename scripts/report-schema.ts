/** `npm run docs`: writes docs/report.schema.json from reports/schema.ts. */
import { writeFile } from 'node:fs/promises';
import { reportJsonSchema } from '../reports/schema.js';

await writeFile(new URL('../../docs/report.schema.json', import.meta.url), reportJsonSchema());
