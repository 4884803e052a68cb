import type { Conversation, MessageName } from '#models/central-kms/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { Flaw, Perceived, Reader, Utterance } from '#src/contract/frame.ts';
import type { Answers, Mutant, SideRecord, SideScene } from '#src/contract/side.ts';
import type { WebSocketProblemCode } from '#src/wire/websocket/frame.ts';
import type { CentralKmsBend } from '../codec.ts';
import { contentsIn } from '../contents.ts';
import { recall } from '../context.ts';
import type { SocketFrame } from '../frames.ts';
import { SocketReader } from '../socket-reader.ts';
import { centralKms, type KmsMemory } from '../reference/central-kms.ts';
import { sidecar, type SidecarMemory } from '../reference/sidecar.ts';

/** A JSON object. */
type Content = Readonly<Record<string, unknown>>;

/** What one mutant changes: some answers, or one habit. */
export interface Change<Memory> extends Partial<Omit<SideRecord<Memory>, 'answers'>> {
  readonly id: string;
  readonly title: string;
  readonly breaks: Requirement;
  /** Messages of the shortest trace that shows it, both directions counted. */
  readonly shortest: number;
  readonly deep?: true;
  readonly answers?: Answers<Memory>;
}

/** The KMS, wrong in one place. */
export function kmsMutant(change: Change<KmsMemory>): Mutant {
  return mutant('central-kms', centralKms, change);
}

/** The sidecar, wrong in one place. */
export function sidecarMutant(change: Change<SidecarMemory>): Mutant {
  return mutant('sidecar', sidecar, change);
}

function mutant<Memory>(side: string, record: SideRecord<Memory>, change: Change<Memory>): Mutant {
  const { id, title, breaks, shortest, deep, answers, ...habits } = change;
  const changed = { ...record, ...habits, answers: { ...record.answers, ...answers } };
  return { id, side, title, breaks, shortest, deep: deep === true, record: changed };
}

/** The content of one message is changed. */
export function changing(
  message: MessageName,
  change: (content: Content, conversation: Conversation) => unknown,
) {
  return (utterance: Utterance, scene: SideScene): Utterance => {
    if (utterance.message !== message) return utterance;
    const conversation = recall(scene.context);
    const content = utterance.content ?? contentsIn(message, conversation, scene)[0];
    return { ...utterance, content: change({ ...Object(content) }, conversation) };
  };
}

/** The same of its params or its result. */
export function changingIn(
  message: MessageName,
  place: 'params' | 'result' | 'error',
  change: (said: Content, conversation: Conversation) => Content,
) {
  return changing(message, (content, conversation) => ({
    ...content,
    [place]: { ...Object(content[place]), ...change(Object(content[place]), conversation) },
  }));
}

/** A reader that overlooks some problems of frames. */
export function overlooking(...codes: readonly WebSocketProblemCode[]) {
  return (): Reader => {
    const reader = new SocketReader();
    return {
      push: (chunk) => reader.push(chunk).map((frame) => overlooked(frame, codes)),
      get pendingBytes() {
        return reader.pendingBytes;
      },
    };
  };
}

function overlooked(frame: SocketFrame, codes: readonly WebSocketProblemCode[]): SocketFrame {
  if (frame.carrier === 'http') return frame;
  const problems = frame.problems.filter(({ code }) => !codes.includes(code));
  return { ...frame, problems, message: { ...frame.message, problems } };
}

/** Drops the flaws of some messages, or those that break one requirement. */
export function trusting(holds: (flaw: Flaw, perceived: Perceived) => boolean) {
  return (perceived: Perceived): Perceived => {
    const flaws = perceived.flaws.filter((flaw) => !holds(flaw, perceived));
    if (flaws.length === perceived.flaws.length) return perceived;
    const { fault: _fault, proof: _proof, ...payload } = perceived.payload;
    return { ...perceived, payload, flaws };
  };
}

/** The bytes of one message are bent. */
export function bending(message: string, frame: CentralKmsBend) {
  return (utterance: Utterance): Utterance =>
    utterance.message === message ? { ...utterance, frame } : utterance;
}

/** Every message but the upgrade is bent in its frames. */
export function bendingFrames(frame: CentralKmsBend) {
  return (utterance: Utterance): Utterance =>
    utterance.message.startsWith('upgrade') ? utterance : { ...utterance, frame };
}
