import type { Exit } from '#src/transport/command.ts';

/** How runtimes say on standard error that nobody caught a fault. */
const uncaught: readonly RegExp[] = [
  /^Traceback \(most recent call last\):/m, // Python
  /^Node\.js v\d/m,
  /^Exception in thread /m, // Java
  /^Unhandled exception/m, // .NET
  /^panic: /m, // Go
  /^thread '.*' .*panicked at /m, // Rust
  /^terminate called /m, // C++
  /^==\d+==ERROR: \w+Sanitizer/m,
];

/**
 * True where a client did not leave but die: by a signal, of a fault that nobody caught, or with
 * an exit code that is no success where it had no leave to go. An exit code alone proves nothing:
 * so a client tells whoever started it that the session failed.
 */
export function died(
  { code, signal, lastWords }: Exit,
  { hadLeave }: { readonly hadLeave: boolean },
): boolean {
  if (signal !== null) return true;
  if (code === 0) return false;
  return !hadLeave || uncaught.some((sign) => sign.test(lastWords));
}
