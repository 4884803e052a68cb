import { HarnessError } from '#src/base/errors.ts';
import { systemClock } from '#src/base/clock.ts';
import { run } from './program.ts';
import { systemScreen, type Screen } from './screen.ts';

/** A second signal within so long is an echo: terminal and launcher both pass Ctrl-C on. */
const echoMs = 300;

/** Runs the process's command line: every fault becomes one line and an exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const screen = systemScreen(interruption());
  const die = (fault: unknown) => process.exit(explainFault(fault, screen));
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  try {
    return await run(argv, screen);
  } catch (fault) {
    return explainFault(fault, screen);
  }
}

/** Aborted by the first Ctrl-C; the second ends the process. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  let firstMs: number | null = null;
  const interrupt = () => {
    firstMs ??= systemClock.nowMs();
    if (systemClock.nowMs() - firstMs > echoMs) process.exit(130);
    controller.abort(new HarnessError('internal', 'interrupted'));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupt);
  return controller.signal;
}

const exitCodes = { usage: 2, unreachable: 3, internal: 5 } as const;

function explainFault(fault: unknown, screen: Screen): number {
  if (screen.signal.aborted) return 130;
  const message = fault instanceof Error ? fault.message : String(fault);
  screen.err(`qkdspec: ${message.replace(/\s*\n\s*/g, ' ')}\n`);
  if (process.env['QKDSPEC_DEBUG'] === '1' && fault instanceof Error) screen.err(`${fault.stack}\n`);
  return fault instanceof HarnessError ? exitCodes[fault.code] : 5;
}
