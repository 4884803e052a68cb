import { protocols } from '#src/protocols/index.ts';
import { runSuite } from '#src/suite/run-suite.ts';
const protocol = protocols[0]!;
const readings = JSON.parse(process.argv[3] ?? '{}');
const cases = protocol.cases.filter(c => c.against === 'alice' && !(c.tags??[]).includes('choice') && new RegExp(process.argv[2] ?? '.').test(c.id));
console.log(cases.length);
const t = performance.now();
const report = await runSuite({ protocol, profile: { name: 'x', protocol: 'qosst', target: { kind: 'address', host: '127.0.0.1', port: 18181 }, side: 'alice', dialect: 'qosst/0.2', readings, options: {}, replyMs: 2000, replyMsAfter: {peSymbolsRequest: 10000, peNphotonRequest: 10000, peFinished: 10000, qieAcquisitionEnded: 10000, qieRequest: 10000}, absent: [], never: [], safe: false, start: null, reset: null }, cases, seed: 42, retries: 0, maxFailures: null, signal: new AbortController().signal }, (p) => { if (p.kind === 'result') { if (p.result.verdict !== 'pass') console.log(p.result.verdict, p.result.id, p.result.explanation ?? '', p.result.messages);} else console.log(p); });
console.log(report.summary, report.exit, report.coverage, performance.now()-t);
