import type { Protocol } from '#src/contract/protocol.ts';
import type { Report, Result } from '#src/contract/report.ts';
import type { Told } from '#src/proxy/court.ts';
import { failureLines } from '#src/report/failure.ts';
import { painter } from '#src/report/paint.ts';
import { summaryLines } from '#src/report/summary.ts';
import { counted, paragraph, printable } from '#src/report/text.ts';
import type { Screen } from './screen.ts';

/** Shows a proxy's sessions to people. */
export interface ProxyScreen {
  tell(told: Told): void;
  note(text: string): void;
  end(report: Report, files: readonly string[]): void;
}

/** Writes what is told as it happens; `write` is stdout, or stderr where a report goes there. */
export function proxyScreen(
  protocol: Protocol,
  screen: Screen,
  write: (text: string) => void,
): ProxyScreen {
  const paint = painter(screen.colour);
  const columns = Math.min(screen.columns, 120);
  const rows = new Map(Object.values(protocol.model.requirements).map((row) => [row.id, row]));
  const requirement = (id: string) => rows.get(id) ?? null;
  const line = (text: string) => write(`${text}\n`);
  return {
    tell(told) {
      switch (told.kind) {
        case 'line':
          return line(`${told.session}  ${printable(told.text)}`);
        case 'blamed': {
          const [headline = '', ...rest] = failureLines(told.result, { columns, requirement });
          return line([paint(told.result.verdict, headline), ...rest.slice(0, -1)].join('\n'));
        }
        case 'excused':
          return line(excuse(told.result, told.why).join('\n'));
        case 'judged':
          return line(judgedLines(told, (verdict, text) => paint(verdict, text)).join('\n'));
        case 'empty':
          return line(`session ${told.session}, ${told.between}: nothing was said`);
        case 'atRest':
          return;
      }
    },
    note: (text) => line(printable(text)),
    end(report, files) {
      line(summaryLines(report, { columns, colour: screen.colour, files }).join('\n'));
    },
  };

  function excuse({ id, actual, requirements }: Result, why: string | null): readonly string[] {
    const text = `${actual} [${requirements.join(', ')}]; ${why}`;
    return paragraph(`not blamed ${id}: `, text, { columns, lines: 3 });
  }
}

/** A session in a line, and each of its sides in one. */
function judgedLines(
  { session, between, results, ledger }: Extract<Told, { kind: 'judged' }>,
  paint: ReturnType<typeof painter>,
): readonly string[] {
  const messages = results.reduce((sum, result) => sum + result.messages, 0);
  const seconds = ((results[0]?.durationMs ?? 0) / 1000).toFixed(1);
  return [
    `session ${session}, ${between}: ${counted(messages, 'message')} in ${seconds} s`,
    ...results.map((result) => {
      const { side, verdict, kind, requirements, explanation } = result;
      const about = kind === null ? (explanation ?? '') : `[${requirements[0]}]`;
      return `  ${paint(verdict, `${side}: ${verdict}`)} ${printable(about)}`.trimEnd();
    }),
    ...Object.entries(ledger).map(([name, value]) => `  ${name}: ${printable(String(value))}`),
  ];
}
