import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import { explainFault, guarded } from './guarded.ts';
import { systemScreen } from './screen.ts';

/** A second signal within so long is an echo: terminal and launcher both pass Ctrl-C on. */
const echoMs = 300;

/** Runs the process's command line and returns its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const screen = systemScreen(interruption());
  const die = (fault: unknown) => process.exit(explainFault(fault, screen));
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  return guarded(argv, screen);
}

/** Aborted by the first Ctrl-C; the second ends the process. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  let firstMs: number | null = null;
  const interrupt = () => {
    firstMs ??= systemClock.nowMs();
    if (systemClock.nowMs() - firstMs > echoMs) process.exit(130);
    if (controller.signal.aborted) return;
    process.stderr.write('\ninterrupted: ending what has begun; again to leave at once\n');
    controller.abort(new HarnessError('internal', 'interrupted'));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupt);
  return controller.signal;
}
