import { failed, type Failure } from '../model/failure.ts';

/** Runs what node:crypto may refuse by throwing: a refusal is a Cryptographic Failure. */
export function attempt<T>(act: () => T | Failure, what: string): T | Failure {
  try {
    return act();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed('cryptographicFailure', `${what}: ${reason}`);
  }
}
