import { member, requirements, statusOf } from '#models/etsi-004/index.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { idIn } from '../deliveries.ts';
import { ofAnswers, ofKeys, ofMessages } from './audit.ts';

/** A key that was under way when close was answered has arrived by then, ms. */
const graceMs = 1000;

const closeEndsPushing = ofKeys(requirements.closeEndsPushing, () => ({ closedMs, atMs, end }) => {
  if (closedMs === null || atMs - closedMs <= graceMs) return null;
  return `A key came at end ${String(end)} ${Math.round(atMs - closedMs)} ms after close was answered.`;
});

/** A key whose stream was never opened in this session, later than one of an earlier session. */
const foreignKeys: Audit = {
  requirement: requirements.pushAfterGetKey,
  check(frames, peer) {
    if (peer !== 'qkd-device') return null;
    const began = new Map<number, number>();
    const known = new Set<string>();
    for (const frame of frames) {
      const { session, atMs, at, perceived } = frame;
      const beganMs = began.get(session) ?? atMs;
      began.set(session, beganMs);
      const id = `${session} ${idIn(frame)}`;
      if (perceived.message !== 'keyMaterial') known.add(id);
      else if (!known.has(id) && atMs - beganMs > graceMs && idIn(frame) !== null) {
        return { at, detail: 'A key came for a stream that was not opened.' };
      }
    }
    return null;
  },
};

/** Also the ids of streams that are closed: the machine only knows those that are open. */
const idsUnique = ofAnswers(requirements.streamIdAssigned, () => {
  const known = new Set<string>();
  return ({ answer, call }) => {
    const { message, payload } = answer.perceived;
    const id = idIn(answer);
    const isGiven = call !== null && idIn(call) !== null;
    if (message !== 'opened' || payload['end'] !== 'a' || id === null || isGiven) return null;
    if (known.has(id)) return `The id ${id} was given to two streams.`;
    known.add(id);
    return null;
  };
});

/** Status 1 at the end that is opened second, unless the first may be closed since. */
const peerAbsenceTold = ofAnswers(requirements.peerAbsenceTold, ({ uuidCase }) => {
  if (uuidCase === 'exact') return () => null;
  const open = new Map<string, unknown>();
  return ({ answer, call, mayBeClosed }) => {
    const { message, payload } = answer.perceived;
    const id = idIn(answer) ?? (call === null ? null : idIn(call)) ?? '';
    const key = `${answer.session} ${id}`;
    const { end } = payload;
    if (message === 'closeAccepted') open.delete(key);
    if (message !== 'opened') return null;
    const other = open.get(key);
    open.set(key, end);
    const isLost = mayBeClosed.has(`${answer.session} ${String(other)} ${id}`);
    const isThere = other !== undefined && other !== end && !isLost;
    if (!isThere || statusOf(payload['content']) !== 1) return null;
    return `Both ends are open, and the status at end ${String(end)} is 1.`;
  };
});

const pushStatus = ofMessages(requirements.pushStatus, () => ({ perceived }) => {
  const { message, payload } = perceived;
  const key = member(payload['content'], 'key_buffer');
  const status = statusOf(payload['content']);
  if (message !== 'keyMaterial' || typeof key !== 'string' || key === '' || status === 0)
    return null;
  return `A key came with status ${String(status)}.`;
});

/** How streams begin, are named and end. */
export const streamAudits: readonly Audit[] = [
  closeEndsPushing,
  foreignKeys,
  idsUnique,
  peerAbsenceTold,
  pushStatus,
];
