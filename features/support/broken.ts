import { HarnessError } from '#src/index.ts';

/**
 * The target did not do what a scenario, or the model, says. Its message is for the report; it has no
 * stack, which Cucumber would read with expressions that take minutes for a long message.
 */
export class Broken extends Error {
  override readonly name = 'Broken';

  constructor(message: string) {
    super(message);
    this.stack = '';
  }
}

/** What stopped us, without a stack where it is the target or a profile. */
export function plainly(fault: unknown): unknown {
  return fault instanceof HarnessError ? new Broken(fault.message) : fault;
}
