import { qosst } from '#src/protocols/qosst/index.ts';
import { playCase } from '#src/suite/run-case.ts';
import { aliceCases, benchFor } from './test/protocols/qosst/alice-bench.ts';
const only = process.argv[2];
for (const m of qosst.mutants) {
  if (m.side !== 'alice' || (only && !m.id.includes(only))) continue;
  await using bench = await benchFor(m.id);
  const t = performance.now();
  let killed = 0, right = '', tried = 0, minimal = Infinity; const names = new Map<string, number>();
  const ordered = [...aliceCases.filter(c => c.covers.includes(m.breaks)), ...aliceCases.filter(c => !c.covers.includes(m.breaks) && !c.id.includes('sequence/')), ...aliceCases.filter(c => c.id.includes('sequence/') && !c.covers.includes(m.breaks))];
  for (const c of ordered) {
    tried++;
    const { verdict, trace } = await playCase(bench, c);
    if (verdict.violation) { killed++; const r = verdict.violation.requirement.id; names.set(r, (names.get(r) ?? 0) + 1); if (r === m.breaks.id) { right ||= c.id;  }
      }
    if ((right && killed >= 1) || tried > 900 || performance.now() - t > 12000) break;
  }
  console.log(right ? 'ok  ' : killed ? 'NAME' : 'LIVE', m.id, 'tried', tried, 'killed', killed, right || [...names].join(' '), Math.round(performance.now() - t));
}
