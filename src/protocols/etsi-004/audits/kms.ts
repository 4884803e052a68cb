import { member, requirements } from '#models/etsi-004/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { idIn } from '../deliveries.ts';
import { answersIn, ofMessages } from './audit.ts';

/**
 * Also where the answer that gave the id was bent, or came before its call was heard: the KMS may
 * have understood it.
 */
const destinationIdGiven: Audit = {
  requirement: requirements.destinationIdGiven,
  check(frames, peer) {
    if (peer !== 'kms') return null;
    const given = new Set<string>();
    for (const frame of frames) {
      const { message, payload } = frame.perceived;
      const id = `${frame.session}/${idIn(frame)}`;
      const isEarly = frame.by === 'player' && frame.perceived.early === true;
      const isGiving = isEarly || message === 'opened' || message === 'counterProposed';
      if (payload['end'] === 'a' && isGiving) given.add(id);
      if (frame.by !== 'peer' || message !== 'openConnect' || payload['end'] !== 'b') continue;
      if (given.has(id)) continue;
      const detail = `At end b the id ${idIn(frame)} was asked for, which no source was given.`;
      return { at: frame.at, detail };
    }
    return null;
  },
};

/** Of 0 nobody knows whether it is a number or an open question. */
const qosPossible = ofMessages(requirements.qosPossible, ({ zeroQos }) => ({ perceived }) => {
  if (perceived.message !== 'openConnect') return null;
  const qos = member(perceived.payload['content'], 'qos');
  const [least, most] = [numberIn(qos, 'min_bps'), numberIn(qos, 'max_bps')];
  const isZero = zeroQos === 'zero' && numberIn(qos, 'key_chunk_size') === 0;
  if (isZero) return 'Keys of 0 bytes were asked for.';
  const isOpen = least === null || most === null || (most === 0 && zeroQos !== 'zero');
  if (isOpen || least <= most) return null;
  return `No less than ${least} bit/s were asked for, and no more than ${most}.`;
});

function numberIn(qos: unknown, name: string): number | null {
  const value = member(qos, name);
  return typeof value === 'number' ? value : null;
}

/** Within one stream at one end; a stream that is opened anew begins with no keys. */
const conflictRefused: Audit = {
  requirement: requirements.conflictRefused,
  check(frames, peer) {
    if (peer !== 'kms') return null;
    const keys = new Map<string, unknown>();
    for (const { answer, call, at } of answersIn(frames)) {
      if (answer.perceived.message !== 'keyAccepted' || call === null) continue;
      const { content } = call.perceived.payload;
      if (call.perceived.flaws.length > 0 || member(content, 'status') !== 0) continue;
      const key = member(content, 'key_buffer');
      const before = keys.get(slotName(call));
      keys.set(slotName(call), before ?? key);
      if (before === undefined || before === key) continue;
      const index = String(member(content, 'index'));
      return { at, detail: `Two keys were accepted under index ${index}.` };
    }
    return null;
  },
};

function slotName(push: JudgedFrame): string {
  const { end, content } = push.perceived.payload;
  return [push.session, String(end), idIn(push), String(member(content, 'index'))].join('/');
}

/** What a KMS asks for, and which keys it takes. */
export const kmsAudits: readonly Audit[] = [destinationIdGiven, qosPossible, conflictRefused];
