import { answered, remainder, spoiled } from './answers.ts';
import { callsAfter, uuidKey } from './calls.ts';
import { idOf, isNotification, member, methodOf, param, text } from './json-rpc.ts';
import { breaksFrame, failureCodes, reasonAfter } from './leaving.ts';
import { pongAfter } from './pongs.ts';
import { failsProof, leavesAttempt, settlesRegistration, stageAfter } from './stages.ts';
import { proofOf } from './faults.ts';
import {
  closeCodeOf,
  nameOf,
  payloadOf,
  speakerOf,
  type Conversation,
  type Scene,
} from './talk.ts';

/**
 * What both sides know after an event: how far the connection is, which calls await a response,
 * and what was said that decides about later answers. One function for all events, because
 * responses are told apart only by their calls.
 */
export function remembered(scene: Scene): Conversation {
  const { context, event } = scene;
  const stage = stageAfter(scene);
  const settled = answered(scene);
  const call = settled ?? spoiled(scene);
  const kept = settled === null ? null : remainder(scene, settled);
  return {
    ...context,
    ...said(scene),
    stage,
    calls: callsAfter(scene, call, kept),
    failure: breaksFrame(scene) ? failureCodes(event) : context.failure,
    reasonToLeave: reasonAfter(scene),
    isRefuted: context.isRefuted || isRefutedBy(scene),
    isMoved: context.isMoved || moves(event.content),
  };
}

/** What a single message leaves behind. */
function said(scene: Scene): Partial<Conversation> {
  const { context, event } = scene;
  switch (nameOf(event)) {
    case 'upgrade':
      return { upgrade: event.content };
    case 'registered':
      return { grants: [...context.grants, member(event.content, 'result')].slice(-mostGrants) };
    case 'challengeAccepted':
      return { isRegistered: context.isRegistered || settlesRegistration(scene) };
    case 'batch':
      return { batches: batchesAfter(scene) };
    case 'ping':
      return { pings: pingsAfter(scene) };
    case 'pong':
      return pongAfter(scene);
    case 'closeFrame':
      return { left: { ...context.left, [speakerOf(event)]: { code: closeCodeOf(event) } } };
    default:
      return {};
  }
}

/** Registrations, batches and pings that are kept at most. */
const mostGrants = 2;
const mostBatches = 4096;
const mostPings = 64;

function batchesAfter({ context, event }: Scene): readonly string[] {
  const id = text(param(event.content, 'id'));
  if (id === null) return context.batches;
  const key = uuidKey(context, id);
  if (context.batches.includes(key)) return context.batches;
  return [...context.batches, key].slice(-mostBatches);
}

function pingsAfter({ context, event }: Scene): Conversation['pings'] {
  const side = speakerOf(event);
  const waiting = [...context.pings[side], payloadOf(event)].slice(-mostPings);
  return { ...context.pings, [side]: waiting };
}

/** A signature was wrong, or what was no challenge was answered as one. */
function isRefutedBy(scene: Scene): boolean {
  const { event } = scene;
  if (failsProof(scene)) return event.type === 'sidecar.unauthentic' && proofOf(event) !== 'right';
  const isError = nameOf(event) === 'kmsError' && scene.context.stage === 'refuting';
  return isError && settlesRegistration(scene) && !leavesAttempt(scene);
}

/** Calls that nobody answers, or that are answered together, may register all the same. */
function moves(content: unknown): boolean {
  const calls: readonly unknown[] = Array.isArray(content) ? content : [content];
  return calls.some((call) => {
    const isUnseen = isNotification(call) || (call !== content && idOf(call) !== undefined);
    const method = methodOf(call);
    return isUnseen && (method === 'register' || method === 'challenge');
  });
}
