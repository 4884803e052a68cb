import { answered, remainder, spoiled } from './answers.ts';
import { callFrom, callsAfter, uuidKey } from './calls.ts';
import { idOf, isNotification, member, methodOf, param, text } from './json-rpc.ts';
import { breaksFrame, failureAfter, kmsLeavesAmiss, reasonAfter } from './leaving.ts';
import { pongAfter } from './pongs.ts';
import { seenWith } from './seen.ts';
import { failsProof, leavesAttempt, settlesRegistration, stageAfter } from './stages.ts';
import {
  closeCodeOf,
  isCall,
  nameOf,
  payloadOf,
  speakerOf,
  type Call,
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
    left: leftAfter(scene),
    stage,
    calls: callsAfter(scene, call, kept),
    batches: batchesAfter(scene),
    failure: breaksFrame(scene) ? failureAfter(scene) : context.failure,
    reasonToLeave: reasonAfter(scene),
    isRefuted: context.isRefuted || isRefutedBy(scene),
    isRefused: isRefusedAfter(scene, settled),
    isMoved: context.isMoved || moves(event.content),
  };
}

function isRefusedAfter({ context, event }: Scene, settled: Call | null): boolean {
  if (speakerOf(event) === 'sidecar') return context.isRefused && !isCall(event);
  return settled === null ? context.isRefused : nameOf(event) === 'kmsError';
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
    case 'ping':
      return { pings: pingsAfter(scene) };
    case 'pong':
      return pongAfter(scene);
    default:
      return {};
  }
}

/** Who has said a close frame, with a reason or without. */
function leftAfter(scene: Scene): Conversation['left'] {
  const { context, event } = scene;
  if (nameOf(event) !== 'closeFrame' && !kmsLeavesAmiss(scene)) return context.left;
  return { ...context.left, [speakerOf(event)]: { code: closeCodeOf(event) } };
}

/** Registrations and pings that are kept at most. */
const mostGrants = 2;
const mostPings = 64;

/** Batches whose ids are taken: those that were said, and those of calls that nobody answers alone. */
function batchesAfter({ context, event }: Scene): Conversation['batches'] {
  const { content } = event;
  const calls: readonly unknown[] = Array.isArray(content) ? content : [content];
  const isSaid = nameOf(event) === 'batch';
  return calls
    .filter(
      (call) => methodOf(call) === 'batch' && (isSaid || call !== content || isNotification(call)),
    )
    .flatMap((call) => text(param(call, 'id')) ?? [])
    .reduce((seen, id) => seenWith(seen, uuidKey(context, id)), context.batches);
}

function pingsAfter({ context, event }: Scene): Conversation['pings'] {
  const side = speakerOf(event);
  const waiting = [...context.pings[side], payloadOf(event)].slice(-mostPings);
  return { ...context.pings, [side]: waiting };
}

/** A signature was wrong, or what was no challenge was answered as one. */
function isRefutedBy(scene: Scene): boolean {
  const { event } = scene;
  if (failsProof(scene)) return callFrom(scene.context, event).fault === 'proof';
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
