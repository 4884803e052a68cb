import {
  member,
  param,
  requirements,
  type Conversation,
  type Proof,
} from '#models/central-kms/index.ts';
import type { Requirement } from '#models/language/index.ts';
import { proofOf, rowSignature, sidecarKeyForm, type SidecarKeys } from './signatures.ts';

/** Which signatures of a challenge hold, by the keys that were given last. */
export function proofIn({ grants, readings }: Conversation, content: unknown): Proof {
  const keys = keysOf(grants.at(-1));
  const [batch, row] = [param(content, 'batchSignature'), param(content, 'rowSignature')];
  const challenge = member(grants.at(-1), 'challenge');
  if (typeof batch !== 'string' || typeof row !== 'string') return 'malformed';
  /** Nobody can prove anything before there is a key. */
  if (keys === null || typeof challenge !== 'string') return 'right';
  const given = {
    batchSignature: readings['attachedSignature'] === 'attached' ? detached(batch) : bare(batch),
    rowSignature: bare(row),
  };
  const reading = readings['signedText'];
  if (reading === 'concatenation') return proofOfPair(keys, challenge, given);
  return proofOf(keys, signedText({ challenge, key: '' }, reading), given);

  function bare(digits: string): string {
    return readings['hexSeparators'] === 'stripped' ? digits.replace(/[^\da-f]/gi, '') : digits;
  }
  function detached(digits: string): string {
    return bare(digits).slice(0, signatureDigits);
  }
}

/** Hexadecimal digits of an Ed25519 signature, and of a CMAC. */
const signatureDigits = 128;
const cmacDigits = 32;

/** The requirement that wrong signatures break, and what is wrong with them. */
export function proofFlaw(
  proof: Proof,
  content: unknown,
): { requirement: Requirement; detail: string } {
  const digits = (name: string) => String(param(content, name) ?? '').length;
  if (proof === 'wrongRow') {
    const isCut = digits('rowSignature') !== cmacDigits;
    const requirement = isCut ? requirements.cmacWhole : requirements.rowSignatureRight;
    const detail = `expected the CMAC of the challenge, got ${digits('rowSignature')} other digits`;
    return { requirement, detail };
  }
  const isOdd = digits('batchSignature') !== signatureDigits;
  const requirement = isOdd ? requirements.signatureLength : requirements.batchSignatureRight;
  const got = digits('batchSignature');
  return {
    requirement,
    detail: `expected the signature of the challenge, got ${got} other digits`,
  };
}

/** The requirement that the keys of a grant break among themselves; `null`: none. */
export function keyFlaw(grant: unknown): { requirement: Requirement; detail: string } | null {
  const form = sidecarKeyForm(String(member(grant, 'batchKey') ?? ''));
  if (form === 'pair' || form === 'seed' || form === 'none') return null;
  return form === 'swapped'
    ? { requirement: requirements.seedFirst, detail: 'expected the seed first, got it last' }
    : { requirement: requirements.keyPairRight, detail: 'expected a key pair, got two other keys' };
}

function keysOf(grant: unknown): SidecarKeys | null {
  const [batchKey, rowKey] = [member(grant, 'batchKey'), member(grant, 'rowKey')];
  if (typeof batchKey !== 'string' || typeof rowKey !== 'string') return null;
  const isKey = sidecarKeyForm(batchKey) !== 'none' && rowSignature(rowKey, '') !== null;
  return isKey ? { batchKey, rowKey } : null;
}

/** What is signed of a challenge with a key. */
export function signedText(
  { challenge, key }: { readonly challenge: string; readonly key: string },
  reading: string | undefined,
): string | Uint8Array {
  if (reading === 'concatenation') return `${challenge}${key}`;
  return reading === 'bytes' ? Buffer.from(challenge.replaceAll('-', ''), 'hex') : challenge;
}

/** The deviant reading by which each key is signed behind the challenge. */
function proofOfPair(
  keys: SidecarKeys,
  challenge: string,
  given: Parameters<typeof proofOf>[2],
): Proof {
  const text = (key: string) => signedText({ challenge, key }, 'concatenation');
  const batch = proofOf(keys, text(keys.batchKey), given);
  const row = proofOf(keys, text(keys.rowKey), given);
  const isBatchRight = batch === 'right' || batch === 'wrongRow';
  const isRowRight = row === 'right' || row === 'wrongBatch';
  if (isBatchRight && isRowRight) return 'right';
  if (isBatchRight) return 'wrongRow';
  return isRowRight ? 'wrongBatch' : 'wrongBoth';
}
