import type { Conversation, MessageName } from '#models/central-kms/index.ts';
import type { Flaw, Perceived, Reader, Utterance } from '#src/contract/frame.ts';
import type { SideScene } from '#src/contract/side.ts';
import { mutantsOf } from '#src/play/mutant.ts';
import type { WebSocketProblemCode } from '#src/wire/websocket/frame.ts';
import type { CentralKmsBend } from '../codec.ts';
import { contentsIn } from '../contents.ts';
import { recall } from '../context.ts';
import type { SocketFrame } from '../frames.ts';
import { SocketReader } from '../socket-reader.ts';
import { centralKms } from '../reference/central-kms.ts';
import { sidecar } from '../reference/sidecar.ts';

/** A JSON object. */
type Content = Readonly<Record<string, unknown>>;

/** The KMS, wrong in one place. */
export const kmsMutant = mutantsOf('central-kms', centralKms);

/** The sidecar, wrong in one place. */
export const sidecarMutant = mutantsOf('sidecar', sidecar);

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
