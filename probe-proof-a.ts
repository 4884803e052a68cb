import { qosst } from '#src/protocols/qosst/index.ts';
import { playCase } from '#src/suite/run-case.ts';
import { aliceCases, benchFor } from './test/protocols/qosst/alice-bench.ts';
const base = [{ id: 'qosst/x/greet', title: '', covers: [], against: 'alice' }, { id: 'qosst/x/id', title: '', covers: [], against: 'alice', from: 'initialization.requesting' }];
const t = performance.now();
const benches: any[] = [];
for (const m of qosst.mutants.filter(m => m.side === 'alice')) {
  const bench = await benchFor(m.id);
  let bad = false;
  for (const b of base) if ((await playCase(bench, b)).verdict.violation) bad = true;
  if (bad) { console.log('universal', m.id); continue; }
  benches.push({ m, bench });
}
const orders = new Map<string, any[]>();
const open: string[] = []; let tries = 0;
for (const c of aliceCases) {
  const parts = c.id.split('/'); const key = parts[1] === 'sequence' ? `seq/${parts[3]}` : parts.slice(1, -1).join('/');
  const order = orders.get(key) ?? [...benches]; orders.set(key, order);
  let ok = false;
  for (const [i, { bench }] of order.entries()) { tries++; if ((await playCase(bench, c)).verdict.violation) { ok = true; order.unshift(...order.splice(i, 1)); break; } }
  if (!ok) open.push(c.id);
}
console.log(open.length, tries, Math.round(performance.now() - t));
for (const c of open) console.log(c);
process.exit();
