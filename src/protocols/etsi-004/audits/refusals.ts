import { member, requirements, statusOf } from '#models/etsi-004/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { idIn } from '../deliveries.ts';
import { serverCodes } from '../perceive.ts';
import { ofAnswers, type Answered } from './audit.ts';

/** By which devices say that a call is wrong in itself, or that they do not know its stream. */
const blaming: readonly (number | null)[] = [3, 5, null];
const qosMembers = ['key_chunk_size', 'max_bps', 'min_bps', 'jitter', 'priority', 'timeout', 'ttl'];
const callMembers = ['source', 'destination', 'key_stream_id', 'qos'];

/** Whether an answer blames a good call: no want of keys, of connections, or of time. */
function blamesGood({ answer, call }: Answered): boolean {
  const { message, payload } = answer.perceived;
  const code = Number(payload['code']);
  const isRefusal = message?.endsWith('Refused') === true && code >= 400 && code < 500;
  const isTold = serverCodes.includes(code) || code === 429;
  return isRefusal && !isTold && isFlawless(call) && blaming.includes(statusOf(payload['content']));
}

function isFlawless(call: Answered['call']): boolean {
  return call !== null && call.perceived.flaws.length === 0 && call.perceived.unsaid !== true;
}

/** What sets an open-connect apart from another one; `null` where that may be a reason to refuse. */
type Difference = 'none' | 'open' | 'extra' | null;

/** At the source: the same stream as one that was opened before, asked for in other words. */
const otherWords = (requirement: Requirement, wanted: Difference): Audit =>
  ofAnswers(requirement, () => {
    const opened: unknown[] = [];
    return (answered) => {
      const { message, payload } = answered.answer.perceived;
      const asked = answered.call?.perceived.payload['content'];
      const isNew = payload['end'] === 'a' && (member(asked, 'key_stream_id') ?? null) === null;
      if (!isNew) return null;
      if (message === 'opened') opened.push(asked);
      if (message !== 'openRefused' || !blamesGood(answered)) return null;
      const differences = opened.map((before) => differenceOf(before, asked));
      const least = (['none', 'open', 'extra'] as const).find((one) => differences.includes(one));
      if (least !== wanted) return null;
      return 'A stream was opened for the same call before, and refused in other words.';
    };
  });

function differenceOf(before: unknown, asked: unknown): Difference {
  const both = [before, asked].map((content) => Object(member(content, 'qos')));
  const ends = ['source', 'destination'].every(
    (name) => member(before, name) === member(asked, name),
  );
  const isSame = qosMembers.every((name) => {
    const [one, other] = both.map((qos) => member(qos, name) ?? null);
    return one === other || other === null;
  });
  if (!ends || !isSame) return null;
  const names = Object.keys(Object(asked));
  const known = ['metadata_mimetype', ...qosMembers];
  const extra =
    names.some((name) => !callMembers.includes(name)) ||
    Object.keys(Object(member(asked, 'qos'))).some((name) => !known.includes(name));
  if (extra) return 'extra';
  const isOpen = qosMembers.some((name) => (member(both[1], name) ?? null) === null);
  return isOpen ? 'open' : 'none';
}

/**
 * Nothing but status 5 says that an id is in use. Where letters of another case name another
 * stream, nothing is known: `idIn` takes them for the same.
 */
const inUse: Audit = ofAnswers(requirements.idInUseRefused, ({ uuidCase }) => {
  if (uuidCase === 'exact') return () => null;
  const open = new Set<string>();
  return ({ answer, call, mayBeClosed }) => {
    const { message, payload } = answer.perceived;
    const id = (call === null ? null : idIn(call)) ?? idIn(answer);
    const name = `${answer.session} ${String(payload['end'])} ${id}`;
    const status = statusOf(payload['content']);
    const isAgain = message === 'openRefused' && id !== null && open.has(name);
    if (message === 'opened') open.add(name);
    if (message === 'closeAccepted') open.delete(name);
    if (!isAgain || status === null || status === 5 || !isFlawless(call)) return null;
    if (mayBeClosed.has(name)) return null;
    return `The id is open at this end, and the call was refused with status ${status}.`;
  };
});

/** What is known of a stream that is open at an end. */
interface Open {
  readonly untilMs: number;
  /** A call was refused since, or another stream was closed. */
  isRefused: boolean;
  isAlone: boolean;
  /** get-key was accepted. */
  isServed: boolean;
}

type Since = 'refusal' | 'closing' | 'nothing';

/** A stream is open at an end, its ttl has not passed, and a call about it is refused as unknown. */
const forgotten = (
  requirement: Requirement,
  wanted: { readonly since: Since; readonly call: 'getKeyRefused' | 'closeRefused' },
): Audit =>
  ofAnswers(requirement, ({ closeEffect, secondGetKey, uuidCase }) => {
    if (uuidCase === 'exact') return () => null;
    const open = new Map<string, Open>();
    return (answered) => {
      const { answer, call } = answered;
      const { message, payload } = answer.perceived;
      const id = (call === null ? null : idIn(call)) ?? idIn(answer);
      const name = `${answer.session} ${String(payload['end'])} ${id}`;
      const here = open.get(name);
      if (message === 'opened') open.set(name, newlyOpen(answered));
      if (message === 'closeAccepted' && closeEffect !== 'nothing') {
        open.delete(name);
        for (const [other, one] of open) if (!other.endsWith(`${id}`)) one.isAlone = false;
      }
      if (message === 'getKeyAccepted' && here !== undefined) here.isServed = true;
      const isSecond = message === 'getKeyRefused' && here?.isServed === true;
      if (isSecond && secondGetKey === 'refused') return null;
      const isForgotten =
        message === wanted.call &&
        here !== undefined &&
        answer.atMs < here.untilMs &&
        !answered.mayBeClosed.has(name) &&
        isThere(open, { name, id }, wanted.call) &&
        blamesGood(answered) &&
        sinceOf(here) === wanted.since;
      if (message?.endsWith('Refused') === true && !blamesGood(answered)) {
        for (const one of open.values()) one.isRefused = true;
      }
      return isForgotten ? `A stream that is open at this end was refused: ${message}.` : null;
    };
  });

/** get-key may be refused with the same status while the peer is absent. */
function isThere(
  open: ReadonlyMap<string, Open>,
  { name, id }: { readonly name: string; readonly id: string | null },
  call: 'getKeyRefused' | 'closeRefused',
): boolean {
  if (call === 'closeRefused') return true;
  return [...open.keys()].some((other) => other !== name && other.endsWith(`${id}`));
}

function sinceOf({ isRefused, isAlone }: Open): Since {
  if (!isAlone) return 'closing';
  return isRefused ? 'refusal' : 'nothing';
}

function newlyOpen({ answer, call }: Answered): Open {
  const said = [answer, call].map((frame) =>
    Number(member(member(frame?.perceived.payload['content'], 'qos'), 'ttl') ?? 0),
  );
  const ttl = Math.min(...said.filter((seconds) => seconds > 0));
  return { untilMs: answer.atMs + 1000 * ttl, isRefused: false, isAlone: true, isServed: false };
}

const {
  openConnectAnswered,
  qosOpenMembers,
  unknownMembersPassed,
  getKeyAnswered,
  closeAnswered,
  refusalChangesNothing,
  streamsIndependent,
} = requirements;
const calls = ['getKeyRefused', 'closeRefused'] as const;

/** Calls that are as good as others that were accepted, and are refused. */
export const refusalAudits: readonly Audit[] = [
  inUse,
  otherWords(openConnectAnswered, 'none'),
  otherWords(qosOpenMembers, 'open'),
  otherWords(unknownMembersPassed, 'extra'),
  ...calls.map((call) => forgotten(streamsIndependent, { call, since: 'closing' })),
  ...calls.map((call) => forgotten(refusalChangesNothing, { call, since: 'refusal' })),
  forgotten(getKeyAnswered, { call: 'getKeyRefused', since: 'nothing' }),
  forgotten(closeAnswered, { call: 'closeRefused', since: 'nothing' }),
];
