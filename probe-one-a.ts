import { qosst } from '#src/protocols/qosst/index.ts';
import { playCase } from '#src/suite/run-case.ts';
import { aliceCases, benchFor } from './test/protocols/qosst/alice-bench.ts';
await using bench = await benchFor(process.argv[2]!);
for (const c of aliceCases.filter(c => c.id.includes(process.argv[3]!))) {
 const { verdict, trace } = await playCase(bench, c);
 const { coverage, ...v } = verdict;
 console.log(c.id, JSON.stringify(v, null, 1));
 for (const e of trace.events) console.log(e.kind, 'bytes' in e ? Buffer.from(e.bytes).subarray(36).toString().slice(0, 150) : '');
}
