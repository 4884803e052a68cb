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

/** The process's own screen. A reader that goes away (`| head`) is no fault. */
export function systemScreen(signal: AbortSignal): Screen {
  const { stdout, stderr } = process;
  for (const stream of [stdout, stderr]) stream.on('error', () => {});
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
