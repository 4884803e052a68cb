import { param, type Call } from '#models/central-kms/index.ts';
import type { Perceived } from '#src/contract/frame.ts';
import type { Answers, Deed, SideRecord, SideScene } from '#src/contract/side.ts';
import { recall } from '../context.ts';
import { oldestCall, refusalOf } from '../refusals.ts';
import { say } from '../say.ts';
import { numberOption } from '../settings.ts';

/** What the sidecar keeps for one session. */
export interface SidecarMemory {
  /** How far it is with what it wants. */
  readonly done: {
    registers: number;
    batches: number;
    heard: Perceived | null;
    leavesAtMs: number;
  };
}

type Scene = SideScene<SidecarMemory>;

/** What the sidecar answers at once, whatever it does otherwise. */
export const reflexes: readonly string[] = [
  'kmsPings.pinged',
  'connection.sidecarFails',
  'connection.kmsLeaving',
  'kmsStray.unknownMethod',
  'kmsStray.unfit',
  'healthChecks.waiting',
  'inquiries.waiting',
];

/** What the sidecar says, by the state in which it speaks; then what its plan is. */
export const answers: Answers<SidecarMemory> = {
  'kmsPings.pinged': pong,
  'connection.sidecarFails': leave,
  'connection.kmsLeaving': leave,
  'connection.stranded': () => ({ do: 'close' }),
  'connection.refused': () => ({ do: 'close' }),
  'connection.connecting': () => say('upgrade'),
  'kmsStray.unknownMethod': refuse,
  'kmsStray.unfit': refuse,
  'healthChecks.waiting': reportHealth,
  'inquiries.waiting': answerInquiry,
  'connection.connected': register,
  'connection.challenged': prove,
  'connection.doubtful': leave,
  'connection.registered': proceed,
};

/** The reference sidecar: it registers, proves itself, saves batches, and answers the KMS. */
export const sidecar: SideRecord<SidecarMemory> = {
  answers,
  memory: () => ({ done: { registers: 0, batches: 0, heard: null, leavesAtMs: 0 } }),
  reflexes,
};

export function pong({ context }: Pick<Scene, 'context'>): Deed {
  return say('pong', { payload: recall(context).pings['central-kms'].at(-1) ?? '' });
}

/** Answers a close frame with its code, a broken frame with the code for it. */
export function leave({ context }: Pick<Scene, 'context'>): Deed {
  const { stage, left, failure } = recall(context);
  if (stage === 'kmsLeaving') {
    return say('closeFrame', { code: left['central-kms']?.code ?? null });
  }
  return say('closeFrame', { code: stage === 'sidecarFails' ? (failure[0] ?? 1002) : 1000 });
}

/** Refuses a call of the KMS that it cannot use. */
export function refuse({ context }: Pick<Scene, 'context'>): Deed | readonly Deed[] {
  const conversation = recall(context);
  const call = oldestCall(conversation, 'central-kms', 'kmsStray');
  return call === null ? [] : say('sidecarError', refusalOf(call, conversation));
}

/** Tells of its health, at any level. */
export function reportHealth({ context }: Pick<Scene, 'context'>): Deed | readonly Deed[] {
  const conversation = recall(context);
  const call = oldestCall(conversation, 'central-kms', 'healthChecks');
  if (call === null) return [];
  const isRefused =
    conversation.readings['healthLevels'] === 'refused' && param(call.content, 'level') !== 'ping';
  return isRefused
    ? say('sidecarError', refusalOf(asUnfit(call), conversation))
    : say('healthReport');
}

function asUnfit(call: Call): Call {
  return { ...call, fault: 'params' };
}

/** One batch an answer, as the reading of inquiries has it. */
export function answerInquiry({ context }: Pick<Scene, 'context'>): Deed {
  const isDeployed = recall(context).readings['inquiryVariant'] === 'deployed';
  return say(isDeployed ? 'inquiryResponse' : 'inquiryResult');
}

/** Registrations that are tried, where ids are taken. */
const mostRegisters = 3;

export function register({ memory }: Scene): Deed {
  memory.done.registers += 1;
  return memory.done.registers > mostRegisters ? say('closeFrame') : say('register');
}

export function prove(): Deed {
  return say('challenge');
}

/** Saves its batches, all at once; then waits for what the KMS asks, and leaves. */
export function proceed(scene: Scene): Deed | readonly Deed[] {
  const { context, memory, settings, heard, nowMs } = scene;
  const { done } = memory;
  if (done.batches < numberOption(settings, 'batches')) {
    done.batches += 1;
    return say('batch');
  }
  if (recall(context).calls.some(({ by }) => by === 'sidecar')) return [];
  if (done.heard !== heard) {
    done.heard = heard;
    done.leavesAtMs = nowMs + numberOption(settings, 'lingerMs');
  }
  if (nowMs >= done.leavesAtMs) return say('closeFrame');
  return { do: 'later', ms: Math.ceil(done.leavesAtMs - nowMs) };
}
