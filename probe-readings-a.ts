import { protocols } from '#src/protocols/index.ts';
import { runSuite } from '#src/suite/run-suite.ts';
import { host } from '#src/play/host.ts';
import { settingsFor } from '#src/contract/choose.ts';
import { seededRandom } from '#src/base/random.ts';
const protocol = protocols[0]!;
const only = process.argv[2];
const quick = process.argv[3] !== 'all';
const cases = protocol.cases.filter(c => c.against === 'alice' && !c.tags?.includes('choice') && !(quick && c.id.includes('sequence/') && !/identificationR|qieR|qieT|peS|peF|ecI|ecB|ecR|frameE|abort|initializationRequest|endPol|requestPol|disconnection$/.test(c.id)));
console.log(cases.length);
for (const [key, amb] of Object.entries(protocol.model.ambiguities)) for (const [name, r] of Object.entries(amb.readings)) {
  if (r.standing !== 'open' || name === amb.assumed) continue;
  if (only && key !== only) continue;
  const settings = settingsFor(protocol, { pinned: { [key]: name } });
  await using l = await host({ protocol, record: protocol.sides['alice']!, side: 'alice', settings, random: seededRandom(7), idleMs: 60000 } as any, { host: '127.0.0.1', port: 0 }, (e) => console.log('FAULT', e));
  const counts: Record<string, number> = {};
  const shown: string[] = [];
  const t = performance.now();
  const report = await runSuite({ protocol, profile: { name: 'x', protocol: 'qosst', target: { kind: 'address', host: l.host, port: l.port }, side: 'alice', dialect: 'qosst/0.2', readings: {}, options: {}, replyMs: 300, replyMsAfter: {}, absent: [], never: [], safe: false, start: null, reset: null }, cases, seed: 42, retries: 0, maxFailures: null, signal: new AbortController().signal } as any, (p: any) => { if (p.kind === 'result') { counts[p.result.verdict] = (counts[p.result.verdict] ?? 0) + 1; if (!['pass', 'reading'].includes(p.result.verdict) && shown.length < 6) shown.push(`   ${p.result.verdict} ${p.result.id} ${p.result.explanation}`); } });
  const readings = [...new Set(report.results.flatMap(r => r.reading))].join(' ');
  console.log(`${key}=${name}`, JSON.stringify(counts), 'readings:', readings, report.exit.exitCode, Math.round(performance.now() - t));
  for (const s of shown) console.log(s);
}
