import { spawn } from 'node:child_process';
import { qosst } from '#src/protocols/qosst/index.ts';
import { playCase } from '#src/suite/run-case.ts';
import { reachTarget } from '#src/suite/reach.ts';
import { systemClock } from '#src/base/clock.ts';
import { aliceCases, profileOf } from './test/protocols/qosst/alice-bench.ts';
const styles = ['', 'digestfirst', 'authfirst,codeon12', 'fatal,pretty', 'counter,unid17', 'closes,hangup', 'pieces', 'misfirst,deny,sym162,looseec', 'drops'];
let port = 18200;
for (const s of styles) {
  if (process.argv[2] !== undefined && !s.includes(process.argv[2])) continue;
  port++;
  const child = spawn(process.execPath, ['/tmp/indep.mjs'], { env: { ...process.env, STYLE: s, PORT: String(port) }, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((r) => child.stdout.once('data', r));
  const profile = { ...profileOf(null), target: { kind: 'address', host: '127.0.0.1', port } } as any;
  await using reach = await reachTarget(qosst, profile, 1);
  const bench = { protocol: qosst, profile, reach, clock: systemClock, seed: 1, replyMs: 700, signal: new AbortController().signal } as any;
  const counts: Record<string, number> = {}; let shown = 0; const rs: Record<string, number> = {};
  for (const c of aliceCases) { try { const { verdict } = await playCase(bench, c); counts[verdict.verdict] = (counts[verdict.verdict] ?? 0) + 1; for (const r of verdict.readings) rs[r] = (rs[r] ?? 0) + 1; if (!['pass', 'reading'].includes(verdict.verdict) && shown++ < 8) console.log('  ', verdict.verdict, c.id, verdict.violation?.explanation ?? verdict.note); } catch (e) { console.log('THROW', c.id, String(e)); break; } }
  console.log(`style '${s}'`, JSON.stringify(counts), JSON.stringify(rs));
  child.kill();
}
process.exit();
