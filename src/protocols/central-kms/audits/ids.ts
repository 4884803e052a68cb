import { has, idOf, methodOf, requirements } from '#models/central-kms/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { audit, auditOfBoth, contentIn, type Look } from './look.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a frame is a call that wants a response. */
function isCall(frame: JudgedFrame): boolean {
  return methodOf(contentIn(frame)) !== null && has(contentIn(frame), 'id');
}

const commandIdIsText = (): Look => (frame) => {
  const id = idOf(contentIn(frame));
  if (!isCall(frame) || typeof id === 'string') return null;
  return `A call has the id ${String(id)}, which is no text.`;
};

const idNotNull = (): Look => (frame) => {
  const id = idOf(contentIn(frame));
  if (!isCall(frame)) return null;
  if (id === null) return 'A call has the id null.';
  return typeof id === 'number' && !Number.isInteger(id) ? 'The id of a call is a fraction.' : null;
};

const healthCheckIdIsUuid = (): Look => (frame) => {
  const id = idOf(contentIn(frame));
  if (frame.perceived.message !== 'healthcheck' || uuid.test(String(id))) return null;
  return 'The id of a healthcheck is no UUID.';
};

/**
 * An id is free again once it is answered; answers of an inquiry leave it in use. An answer that
 * came while no call of its id awaited one may have been for the next one, which was under way.
 */
const idsDistinct = (): Look => {
  const inUse = new Set<string>();
  const early = new Set<string>();
  return (frame) => {
    const content = contentIn(frame);
    const id = idOf(content);
    const key = (by: JudgedFrame['by']) => `${frame.session} ${by} ${typeof id} ${String(id)}`;
    if (!isCall(frame)) {
      const answered = key(frame.by === 'peer' ? 'player' : 'peer');
      if (!inUse.delete(answered)) early.add(answered);
      return null;
    }
    if (frame.perceived.message === 'inquiryResponse') return null;
    const isUsed = inUse.has(key(frame.by)) && !early.delete(key(frame.by));
    inUse.add(key(frame.by));
    return isUsed ? `The id ${String(id)} is used again before it is answered.` : null;
  };
};

/** What ids must be. */
export const idAudits: readonly Audit[] = [
  audit(requirements.commandIdIsText, commandIdIsText),
  audit(requirements.idNotNull, idNotNull),
  audit(requirements.healthCheckIdIsUuid, healthCheckIdIsUuid),
  auditOfBoth(requirements.idsDistinct, idsDistinct),
];
