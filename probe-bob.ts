import { protocols } from '#src/protocols/index.ts';
import { reachTarget } from '#src/suite/reach.ts';
import { playCase } from '#src/suite/run-case.ts';
import { systemClock } from '#src/base/clock.ts';
const protocol = protocols[0]!;
const mutant = process.argv[2] === '-' ? null : (process.argv[2] ?? null);
const cases = protocol.cases.filter(c => c.against === 'bob' && c.id.includes(process.argv[3] ?? ''));
const profile = { name: 'x', protocol: 'qosst', target: { kind: 'reference', mutant }, side: 'bob', dialect: 'qosst/0.2', readings: {}, options: {}, replyMs: 500, replyMsAfter: {}, absent: [], never: [], safe: false, start: null, reset: null } as any;
await using reach = await reachTarget(protocol, profile, 42);
for (const c of cases) {
  const { verdict, trace } = await playCase({ protocol, profile, reach, clock: systemClock, seed: 42, replyMs: 500, signal: new AbortController().signal } as any, c);
  console.log('==', c.id, verdict.verdict, verdict.note ?? '', verdict.readings.join(), verdict.violation?.requirement.id ?? '', verdict.violation?.explanation ?? '');
  if (cases.length < 4) {
    const s = { dialect: 'qosst/0.2', readings: {}, options: {} };
    const r: any = { sent: protocol.reader(s as any), received: protocol.reader(s as any) };
    for (const e of trace.events as any) {
      if (e.bytes) for (const f of r[e.kind].push(e.bytes)) console.log(e.kind === 'sent' ? '  A> ' : '  <B ', protocol.describe(f));
      else console.log('  --', e.kind, e.by ?? '', e.how ?? e.waitedMs ?? '');
    }
  }
}
