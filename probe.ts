import { protocols } from '#src/protocols/index.ts';
import { runSuite } from '#src/suite/run-suite.ts';
const protocol = protocols[0]!;
const states = (await import('#src/chart/chart-of.ts')).chartOf(protocol.model.session).states;
for (const side of ['alice','bob']) {
const cases = states.filter(s => !/draining|stranded|distrust|refusal|closed|challengeChain|errorCorrection.failed|.denied|\.refused|proposed|configuring|refusing|denying|answeringSymbols/.test(s)).map(s => ({ id: 'qosst/x/'+s, title: s, covers: [], against: side, from: s }));
const t = performance.now();
const report = await runSuite({ protocol, profile: { name: 'x', protocol: 'qosst', target: { kind: 'reference', mutant: null }, side, dialect: 'qosst/0.2', readings: {}, options: {}, replyMs: null, replyMsAfter: {}, absent: [], never: [], safe: false, start: null, reset: null }, cases, seed: 42, retries: 0, maxFailures: null, signal: new AbortController().signal }, (p) => { if (p.kind === 'result') console.log(p.result.verdict, p.result.id, p.result.explanation ?? '', p.result.messages); else console.log(p); });
console.log(report.summary, report.exit, report.coverage, performance.now()-t);
}
