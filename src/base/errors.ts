/**
 * Something that we, or whoever called us, did wrong; what a peer does wrong is data.
 * `code` is stable and decides the exit code: `usage` 2, `unreachable` 3, `spent` (the budget is)
 * 4, everything else 5.
 */
export class HarnessError extends Error {
  override readonly name = 'HarnessError';
  readonly code: 'usage' | 'unreachable' | 'spent' | 'internal';

  constructor(code: HarnessError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
