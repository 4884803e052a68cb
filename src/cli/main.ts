import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import { explainFault, guarded } from './guarded.ts';
import { systemScreen } from './screen.ts';

/** A second signal within so long is an echo: terminal and launcher both pass Ctrl-C on. */
const echoMs = 300;

/**
 * Runs the process's command line and returns its exit code; 5 where stdout took not all of what
 * was to be told.
 */
export async function main(argv: readonly string[]): Promise<number> {
  let lost: Error | null = null;
  const screen = systemScreen(interruption(), (fault) => (lost ??= fault));
  const die = (fault: unknown) => process.exit(explainFault(fault, screen));
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  const exitCode = await guarded(argv, screen);
  await new Promise((written) => process.stdout.write('', written));
  return lost === null ? exitCode : explainFault(unwritten(lost), screen);
}

function unwritten(cause: Error): HarnessError {
  return new HarnessError('internal', `stdout does not take it: ${cause.message}`, { cause });
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
