import { idOf, member, requirements } from '#models/central-kms/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { isSignedBy } from '../signatures.ts';
import { auditOfBoth, contentIn, textOf, type Look } from './look.ts';

/** What a sidecar has saved, on whichever connection. */
interface Saved {
  /** Every key that was said: one that answered no call may have been taken, or not. */
  readonly batchKeys: Set<string>;
  /** Signatures by the id of the batch. */
  readonly signatures: Map<string, string>;
}

/** Looks at each batch that an inquiry finds, with what was saved. */
function ofFound(look: (found: Found, saved: Saved) => string | null): () => Look {
  return () => {
    const saved: Saved = { batchKeys: new Set(), signatures: new Map() };
    return (frame) => {
      const batchKey = textOf(frame, 'registered', ['result', 'batchKey']);
      if (batchKey !== null) saved.batchKeys.add(batchKey);
      const id = textOf(frame, 'batch', ['params', 'id'])?.toLowerCase();
      const signature = textOf(frame, 'batch', ['params', 'signature']);
      if (id !== undefined && signature !== null) saved.signatures.set(id, signature);
      const found = foundIn(frame);
      return found === null ? null : look(found, saved);
    };
  };
}

interface Found {
  readonly id: unknown;
  readonly body: unknown;
}

/** The batch of an answer to an inquiry; `null` where it has none. */
function foundIn(frame: JudgedFrame): Found | null {
  const { message } = frame.perceived;
  if (message !== 'inquiryResult' && message !== 'inquiryResponse') return null;
  const place = message === 'inquiryResult' ? 'result' : 'params';
  const said = member(contentIn(frame), place);
  const id = member(said, 'id');
  return id === undefined || id === null || id === '' ? null : { id, body: member(said, 'body') };
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const foundIdIsUuid = ofFound(({ id }) =>
  uuid.test(String(id)) ? null : 'The id of a batch that was found is no UUID.',
);

const foundIsSaved = ofFound(({ id }, { signatures }) => {
  const isKnown = signatures.has(String(id).toLowerCase());
  return isKnown ? null : 'A batch was found that was never saved.';
});

const bodyVerifies = ofFound(({ id, body }, { batchKeys, signatures }) => {
  const signature = signatures.get(String(id).toLowerCase());
  if (batchKeys.size === 0 || signature === undefined) return null;
  const isRight = [...batchKeys].some((key) => isSignedBy(key, String(body), signature));
  return isRight ? null : 'The body of a batch does not fit the signature that was saved.';
});

/** An id that was saved again says the same as before, or was not answered with an error. */
const batchIdUnique = (): Look => {
  const known = new Map<string, string>();
  const refused = new Map<string, string>();
  return (frame) => {
    const id = textOf(frame, 'batch', ['params', 'id'])?.toLowerCase();
    const call = `${frame.session} ${String(idOf(contentIn(frame)))}`;
    if (frame.perceived.message === 'kmsError') known.delete(refused.get(call) ?? '');
    if (id === undefined) return null;
    refused.set(call, id);
    const signature = textOf(frame, 'batch', ['params', 'signature']) ?? '';
    const before = known.get(id);
    known.set(id, signature);
    return before === undefined || before === signature ? null : 'Two batches have the same id.';
  };
};

/** What batches must be, and what an inquiry finds of them. */
export const batchAudits: readonly Audit[] = [
  auditOfBoth(requirements.batchIdUnique, batchIdUnique),
  auditOfBoth(requirements.foundIdIsUuid, foundIdIsUuid),
  auditOfBoth(requirements.foundIsSaved, foundIsSaved, ['foundBatches', 'service']),
  auditOfBoth(requirements.bodyVerifies, bodyVerifies),
];
