/** Where a verb writes, and how it hears that it must stop. */
export interface Screen {
  /** Results, to stdout. */
  out(text: string): void;
  /** Diagnostics, to stderr. */
  err(text: string): void;
  /** True where lines may be rewritten: stdout is a terminal. */
  readonly live: boolean;
  readonly colour: boolean;
  readonly columns: number;
  /** Aborted on Ctrl-C. */
  readonly signal: AbortSignal;
}

/** What it is called where a reader has gone: a pipe, a terminal, a socket. */
const readerGone: readonly unknown[] = ['EPIPE', 'EIO', 'ECONNRESET'];

/**
 * The process's own screen. A reader that goes away (`| head`) is no fault; `lost` hears of
 * anything else that keeps results from stdout, such as a full disk.
 */
export function systemScreen(signal: AbortSignal, lost: (fault: Error) => void): Screen {
  const { stdout, stderr } = process;
  stderr.on('error', () => {});
  stdout.on('error', (fault: NodeJS.ErrnoException) => {
    if (!readerGone.includes(fault.code)) lost(fault);
  });
  const live = stdout.isTTY === true && process.env['TERM'] !== 'dumb';
  return {
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    live,
    colour: live && (process.env['NO_COLOR'] ?? '') === '',
    columns: stdout.columns || 100,
    signal,
  };
}
