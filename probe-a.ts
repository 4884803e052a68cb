import { protocols } from '#src/protocols/index.ts';
import { runSuite } from '#src/suite/run-suite.ts';
const protocol = protocols[0]!;
const side = process.argv[2] ?? 'alice'; const mutant = process.argv[3] ?? null;
const cases = protocol.cases.filter(c => c.against === side && (!process.argv[4] || c.id.includes(process.argv[4]!)));
console.log(cases.length);
const t = performance.now();
const times:Record<string,[number,number]>={}; let shown = 0;
const report = await runSuite({ protocol, profile: { name: 'x', protocol: 'qosst', target: { kind: 'reference', mutant }, side, dialect: 'qosst/0.2', readings: {}, options: {}, replyMs: null, replyMsAfter: {}, absent: [], never: [], safe: false, start: null, reset: null }, cases, seed: 42, retries: 0, maxFailures: null, signal: new AbortController().signal }, (p) => { if (p.kind === 'result') { const k=p.result.id.split('/').slice(1,3).join('/'); const q=p.result.id.startsWith('qosst/sequence')?'sequence':k.split('/')[0]; (times[q]??=[0,0])[0]+=p.result.durationMs; times[q][1]++; if(p.result.durationMs>60) console.log('SLOW',p.result.id,p.result.durationMs); if (p.result.verdict !== 'pass' && !p.result.id.includes("sequence/") && shown++ < 60) console.log(p.result.verdict, p.result.id, p.result.explanation ?? '', p.result.messages);} else console.log(p); });
console.log(report.summary, report.exit, report.coverage, performance.now()-t);

console.log(times);