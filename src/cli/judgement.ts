import type { Trace } from '#src/contract/trace.ts';
import { verdictNames, type Verdict } from '#src/contract/verdict.ts';
import { judge } from '#src/judge/judge.ts';
import { protocols } from '#src/protocols/index.ts';
import { painter } from '#src/report/paint.ts';
import { paragraph } from '#src/report/text.ts';
import { checkLayer, readingsOf } from './check-layer.ts';
import { flagLayer } from './layer.ts';
import type { Screen } from './screen.ts';
import { protocolOf } from './target-url.ts';

/**
 * Judges a trace, shows the verdict, and returns the exit code: 1 for `fail`.
 * @throws HarnessError `usage` for a trace of something unknown, or an unknown reading.
 */
export function judgement(trace: Trace, reading: readonly string[], screen: Screen): number {
  const protocol = protocolOf(trace.protocol, protocols);
  const { dialect, peer: side, options } = trace;
  const where = () => 'the trace: ';
  checkLayer({ name: null, members: { side, dialect, options: { ...options } }, where }, protocol);
  const pinned = readingsOf(flagLayer({ reading }), protocol);
  const verdict = judge(protocol, trace, pinned);
  screen.out(`${shown(verdict, trace, screen).join('\n')}\n`);
  return verdict.verdict === 'fail' ? 1 : 0;
}

function shown(verdict: Verdict, trace: Trace, screen: Screen): readonly string[] {
  const { violation, readings, note } = verdict;
  const told = (label: string, text: string) =>
    paragraph(`  ${label.padEnd(12)}`, text, { columns: Math.min(screen.columns, 100), lines: 6 });
  const name = verdict.verdict;
  const headline = `${painter(screen.colour)(name, name.toUpperCase())}: ${verdictNames[name]}`;
  const about = `${trace.protocol}, ${trace.peer} under test, ${trace.events.length} events`;
  if (violation === null) {
    return [
      headline,
      ...told('trace', about),
      ...(readings.length > 0 ? told('read as', readings.join(', ')) : []),
      ...(note === null ? [] : told('note', note)),
    ];
  }
  const { requirement, expected, actual, explanation, at } = violation;
  return [
    headline,
    ...told('trace', about),
    ...told('requirement', `${requirement.level} ${requirement.text} [${requirement.id}]`),
    ...told('cited', `${requirement.cite.document}, ${requirement.cite.section}`),
    ...expected.flatMap(({ outcome, why }) => told('expected', `${outcome}: ${why}`)),
    ...told('actual', `${actual} (event ${at})`),
    ...told('explanation', explanation),
  ];
}
