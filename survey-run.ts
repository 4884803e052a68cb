import { writeFileSync } from 'node:fs';
import { installQosst } from './test/interop/qosst/peers/install.ts';
import { survey, surveyedCases } from './test/interop/qosst/survey.ts';
const i = await installQosst(); if (i.kind !== 'ready') throw new Error(i.why);
const kind = process.argv[2] ?? 'hostile';
const cases = surveyedCases((c) => (c.tags ?? []).includes('hostile') === (kind === 'hostile'));
console.log(cases.length); const t = Date.now();
const results = await survey(i.python, cases);
writeFileSync(`/tmp/survey-${kind}.json`, JSON.stringify(results));
const counts: Record<string, number> = {};
for (const r of results) { const k = `${r.verdict} ${r.kind ?? ''} ${r.verdict === 'fail' ? r.requirements[0] : ''}`; counts[k] = (counts[k] ?? 0) + 1; }
console.log(counts, Date.now() - t);
