import { member, requirements } from '#models/central-kms/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { batchSignature, rowSignature } from '../signatures.ts';
import { audit, auditOfBoth, contentIn, textOf, type Look } from './look.ts';

/** The text of what a frame says, for looking things up in it. */
function wordsIn(content: unknown): string {
  const bigger = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
  return content === undefined ? '' : JSON.stringify(content, bigger).toUpperCase();
}

/** What the answer to register told, in the letters of `wordsIn`. */
function told(frame: JudgedFrame, name: 'batchKey' | 'rowKey' | 'challenge'): string | null {
  return textOf(frame, 'registered', ['result', name]);
}

/** Shorter keys are wrong anyway, and turn up by chance. */
const leastDigits = 16;

const keysToldOnce = (): Look => {
  const keys: string[] = [];
  return (frame) => {
    if (frame.perceived.message !== 'registered') {
      const words = keys.length === 0 ? '' : wordsIn(contentIn(frame));
      return keys.some((key) => words.includes(key)) ? 'A key was told outside of register.' : null;
    }
    for (const key of [told(frame, 'batchKey'), told(frame, 'rowKey')]) {
      if (key !== null && key.length >= leastDigits) keys.push(key.toUpperCase());
    }
    return null;
  };
};

/** Where a stack trace names a place in a program. */
const place = /\\N\s+AT .+:\d+/;

const errorsDiscreet = (): Look => {
  const signatures: string[] = [];
  return (frame) => {
    const [batchKey, rowKey] = [told(frame, 'batchKey'), told(frame, 'rowKey')];
    const challenge = told(frame, 'challenge');
    if (batchKey !== null && rowKey !== null && challenge !== null) {
      const made = [batchSignature(batchKey, challenge), rowSignature(rowKey, challenge)];
      signatures.push(...made.flatMap((digits) => digits?.toUpperCase() ?? []));
    }
    const error = member(contentIn(frame), 'error');
    if (error === undefined) return null;
    const words = wordsIn(error);
    if (signatures.some((digits) => words.includes(digits))) {
      return 'An error tells a signature that was wanted.';
    }
    return place.test(words) ? 'An error tells where in the program it was made.' : null;
  };
};

/** The ids of sidecars are known to nobody else: an error that has one of another connection leaks. */
const connectionsApart = (): Look => {
  const said = new Map<string, number>();
  return (frame) => {
    const id = textOf(frame, 'register', ['params', 'id'])?.toUpperCase();
    if (id !== undefined) said.set(id, frame.session);
    const error = frame.perceived.message === 'kmsError' ? member(contentIn(frame), 'error') : null;
    if (error === null || said.size === 0) return null;
    const words = wordsIn(error);
    const isOthers = [...said].some(
      ([one, session]) => session !== frame.session && words.includes(one),
    );
    return isOthers ? 'An error tells what was said on another connection.' : null;
  };
};

/** What is told to nobody. */
export const secretAudits: readonly Audit[] = [
  audit(requirements.keysToldOnce, keysToldOnce),
  auditOfBoth(requirements.keysKept, keysToldOnce),
  audit(requirements.errorsDiscreet, errorsDiscreet),
  auditOfBoth(requirements.connectionsApart, connectionsApart),
];
