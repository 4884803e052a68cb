import { kmsMayLeave, requirements } from '#models/central-kms/index.ts';
import type { Requirement } from '#models/language/index.ts';
import { parseJson, type Json } from '#src/base/json.ts';
import type { Flaw, Perceived } from '#src/contract/frame.ts';
import type { Position } from '#src/contract/position.ts';
import type { Settings } from '#src/contract/settings.ts';
import { readClose } from '#src/wire/websocket/close-payload.ts';
import type { WebSocketProblem, WebSocketProblemCode } from '#src/wire/websocket/frame.ts';
import type { WebSocketMessage } from '#src/wire/websocket/message-reader.ts';
import { conversationAt, sideOf } from './context.ts';
import type { SocketFrame } from './frames.ts';
import { perceiveUpgrade } from './perceive-upgrade.ts';
import { perceiveValue, type Hearing } from './perceive-text.ts';

type WebSocketFrame = Extract<SocketFrame, { carrier: 'webSocket' }>;

/**
 * A frame as its receiver sees it: the flaws stand in the order of the receiver's checks (HTTP, the
 * frames of the WebSocket, JSON, JSON-RPC, method, params, signatures).
 */
export function perceive(
  frame: SocketFrame,
  speaker: string,
  position: Position,
  settings: Settings,
): Perceived {
  const side = sideOf(speaker);
  const conversation = conversationAt(position);
  if (frame.carrier === 'http') {
    return perceiveUpgrade(frame.message, side, { conversation, settings });
  }
  const { message } = frame;
  if (conversation.stage === 'stranded' && side === 'sidecar') return goesOn();
  const problems = message.problems.filter(({ code }) => !isTaken(code, conversation.left[side]));
  if (problems.length > 0 || message.kind === 'broken') return broken(problems);
  const hearing = { side, conversation };
  switch (message.kind) {
    case 'text':
      return withSize(
        perceiveText(frame.json?.ok === true ? frame.json.value : null, frame, hearing),
        frame,
      );
    case 'binary':
      return withSize(perceiveBinary(message, hearing), frame);
    case 'ping':
    case 'pong': {
      const payload = Buffer.from(message.payload).toString('hex');
      return {
        message: message.kind,
        payload: { content: { payload }, ...passedOver(frame) },
        flaws: [],
      };
    }
    case 'close': {
      const { code, reason } = readClose(message.payload);
      const content = { code, reason };
      const payload = { content, leaves: true, ...passedOver(frame) };
      return { message: 'closeFrame', payload, flaws: failureFlaws(content, hearing) };
    }
  }
}

/**
 * Problems that leave a frame what it is: a length in too many bytes, and what comes behind a close
 * frame that was none.
 */
function isTaken(code: WebSocketProblemCode, left: unknown): boolean {
  return code === 'lengthNotMinimal' || (code === 'afterClose' && left === null);
}

/** A sidecar that talks although its upgrade was not granted. */
function goesOn(): Perceived {
  const detail = 'expected the end of the connection, got a frame';
  const flaws = [malformed(requirements.wrongAnswerFails, detail)];
  return { message: null, payload: { content: undefined, fault: 'frame' }, flaws, mended: null };
}

/** Whoever gives a connection up for a broken frame says why; for a challenge, an error does. */
function failureFlaws(
  content: { readonly code: number | null },
  { side, conversation }: Hearing,
): readonly Flaw[] {
  const { stage, failure } = conversation;
  const { code } = content;
  if (stage === 'refuting' && side === 'central-kms') {
    const event = { type: 'central-kms.closeFrame', content } as const;
    if (kmsMayLeave({ context: conversation, event })) return [];
    const unsaid = 'expected an error first, got a close frame';
    return [{ kind: 'unfit', requirement: requirements.errorBeforeEnd, detail: unsaid }];
  }
  const isFailing = stage === (side === 'sidecar' ? 'sidecarFails' : 'kmsFails');
  if (!isFailing || failure.length === 0 || (code !== null && failure.includes(code))) return [];
  const detail = `expected the close code ${failure.join(' or ')}, got ${code ?? 'none'}`;
  return [{ kind: 'unfit', requirement: requirements.failureCode, detail }];
}

/** Longer messages need not be taken by everybody. */
const largeBytes = 2 ** 16;

function withSize(perceived: Perceived, frame: WebSocketFrame): Perceived {
  const large = frame.message.payload.length > largeBytes ? { large: true } : {};
  return { ...perceived, payload: { ...perceived.payload, ...large, ...passedOver(frame) } };
}

/** What is wrong with a frame that its receiver may take all the same: audits tell of it. */
function passedOver({ message, repeats }: WebSocketFrame): object {
  const codes: string[] = message.problems.map(({ code }) => code);
  if (message.kind === 'binary') codes.push('binary');
  if (repeats) codes.push('memberTwice');
  return codes.length === 0 ? {} : { passedOver: codes };
}

function perceiveText(value: Json, { json, repeats }: WebSocketFrame, hearing: Hearing): Perceived {
  if (json !== null && json.ok) {
    const isDoubtful = hearing.conversation.readings['duplicateMembers'] === 'refused';
    if (!isDoubtful || !repeats) return perceiveValue(value, hearing);
    const flaw = malformed(requirements.memberNamesUnique, 'expected each name once');
    return {
      message: null,
      payload: { content: value, fault: 'request' },
      flaws: [flaw],
      mended: null,
    };
  }
  const detail = `expected JSON: ${json === null ? 'no text' : json.why}`;
  return unparsed(requirements.jsonGrammar, detail);
}

function perceiveBinary({ payload }: WebSocketMessage, hearing: Hearing): Perceived {
  const { readings } = hearing.conversation;
  if (readings['binaryMessages'] === 'asText') {
    const json = parseJson(payload, { specials: false, unlimited: true });
    if (json.ok) return perceiveValue(json.value, hearing);
    return unparsed(requirements.jsonGrammar, `expected JSON: ${json.why}`);
  }
  const flaw = malformed(requirements.messagesAreText, 'expected a text message, got a binary one');
  const said = { content: undefined, fault: 'binary' };
  return { message: null, payload: said, flaws: [flaw], mended: null };
}

function unparsed(requirement: Requirement, detail: string): Perceived {
  const payload = { content: undefined, fault: 'parse' };
  return { message: null, payload, flaws: [malformed(requirement, detail)], mended: null };
}

/** The requirement that each problem of a frame breaks, and the close codes that tell of it. */
const rules: Readonly<
  Record<WebSocketProblemCode, readonly [Requirement, ...(readonly number[])]>
> = {
  rsv: [requirements.reservedBitsZero, 1002],
  opcode: [requirements.opcodesKnown, 1002],
  maskMissing: [requirements.clientMasks, 1002],
  maskForbidden: [requirements.serverUnmasked, 1002],
  lengthNotMinimal: [requirements.lengthsMinimal, 1002],
  lengthTooBig: [requirements.lengthsMinimal, 1002, 1009],
  controlFragmented: [requirements.controlFrames, 1002],
  controlTooLong: [requirements.controlFrames, 1002],
  continuationUnexpected: [requirements.fragmentsOrdered, 1002],
  fragmentsBroken: [requirements.fragmentsOrdered, 1002],
  utf8: [requirements.textIsUtf8, 1007],
  closeLength: [requirements.closeBody, 1002],
  closeCode: [requirements.closeCodes, 1002],
  closeReason: [requirements.closeBody, 1002, 1007],
  afterClose: [requirements.nothingAfterClose, 1002],
  overLimit: [requirements.framesWhole, 1009],
  cut: [requirements.framesWhole, 1002],
};

/** A frame that breaks the rules of frames: nothing that it says counts. */
function broken(problems: readonly WebSocketProblem[]): Perceived {
  const flaws = problems.map(({ code, detail }) => malformed(rules[code][0], detail));
  const closeCodes = [...new Set(problems.flatMap(({ code }) => rules[code].slice(1)))];
  const payload = { content: undefined, fault: 'frame', closeCodes };
  return { message: null, payload, flaws, mended: null };
}

function malformed(requirement: Requirement, detail: string): Flaw {
  return { kind: 'malformed', requirement, detail };
}
