import { HarnessError } from '#src/base/errors.ts';
import { run } from './program.ts';
import type { Screen } from './screen.ts';

const exitCodes = { usage: 2, unreachable: 3, spent: 4, internal: 5 } as const;

/** Runs one command line; every fault becomes one line on stderr and an exit code. */
export async function guarded(argv: readonly string[], screen: Screen): Promise<number> {
  try {
    return await run(argv, screen);
  } catch (fault) {
    return explainFault(fault, screen);
  }
}

/** Tells a fault in one line (its stack under `QKDSPEC_DEBUG=1`) and returns its exit code. */
export function explainFault(fault: unknown, screen: Screen): number {
  if (screen.signal.aborted) return 130;
  const message = fault instanceof Error ? fault.message : String(fault);
  screen.err(`qkdspec: ${message.replace(/\s*\n\s*/g, ' ')}\n`);
  if (process.env['QKDSPEC_DEBUG'] === '1' && fault instanceof Error)
    screen.err(`${fault.stack}\n`);
  return fault instanceof HarnessError ? exitCodes[fault.code] : 5;
}
