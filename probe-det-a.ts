import { playCase } from '#src/suite/run-case.ts';
import { aliceCases, benchFor } from './test/protocols/qosst/alice-bench.ts';
const cs = aliceCases.filter(c => !c.id.includes('sequence/'));
async function all(cases: typeof cs) { await using bench = await benchFor(null); const m = new Map<string, string[]>(); for (const c of cases) { const { trace } = await playCase(bench, c); m.set(c.id, trace.events.map(e => e.kind === 'sent' ? Buffer.from(e.bytes).toString('latin1').replace(/^[^{]*/s,'').replace(/"challenge": "[^"]*"/, '') : e.kind)); } return m; }
const a = await all(cs), b = await all(cs.toReversed());
let n = 0; const groups: Record<string, number> = {};
for (const [id, x] of a) { const y = b.get(id)!; if (x.join('\n') !== y.join('\n')) { groups[id.split('/')[1]!] = (groups[id.split('/')[1]!] ?? 0) + 1; if (n++ < 4) { console.log(id); for (let i = 0; i < Math.max(x.length, y.length); i++) if (x[i] !== y[i]) { console.log(' A', x[i]?.slice(0, 200)); console.log(' B', y[i]?.slice(0, 200)); break; } } } }
console.log(n, groups);
