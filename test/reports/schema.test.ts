import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { renderJson } from '../../reports/json.js';
import { buildReport } from '../../reports/report.js';
import { reportJsonSchema, reportSchema } from '../../reports/schema.js';
import { chartSections } from '../../reports/sections.js';
import { largeStudy } from './large-study.js';
import { badStudies, study } from './synthetic.js';

test('the published schema is that of the program (`npm run docs` writes it)', () => {
  expect(JSON.parse(readFileSync('docs/report.schema.json', 'utf8'))).toEqual(JSON.parse(reportJsonSchema()));
});

const whole = study();
const diagnosed = { ...whole, runs: whole.runs.map((run) => ({ ...run, final: { ...run.final, diagnostics: { distance: 1.5 } } })) };

test.each(
  Object.entries({
    'a good study': whole,
    'a study with diagnostics': diagnosed,
    'a study in groups': largeStudy(3, 2, 8, 3),
    ...badStudies(),
  }),
)('the report of %s is as the schema says', async (_, results) => {
  const parsed = reportSchema.safeParse(JSON.parse(renderJson(buildReport(results, await chartSections()))));
  expect(parsed.error?.issues ?? []).toEqual([]);
});
