import { messages, requirements, type MessageName } from '#models/qosst/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { Json } from '#src/base/json.ts';
import type { Position } from '#src/chart/chart.ts';
import type { Flaw, Perceived } from '#src/contract/frame.ts';
import type { Settings } from '#src/contract/settings.ts';
import { authenticatorOf } from './authenticator/choose.ts';
import { digestOf } from './codec/writer.ts';
import { conversationAt } from './context.ts';
import type { FrameProblem, ReadFrame } from './frame.ts';
import { contentFlaw } from './schema.ts';

const byCode = new Map<unknown, MessageName>(
  messageNames().map((name) => [messages[name].code, name]),
);

const problemRequirements: Readonly<Record<FrameProblem['code'], Requirement>> = {
  headerNotJson: requirements.headerIsJsonObject,
  headerNotObject: requirements.headerIsJsonObject,
  headerMemberMissing: requirements.headerMembers,
  headerMemberType: requirements.headerMemberTypes,
  contentNotJson: requirements.contentIsJson,
  overLimit: requirements.limitsRespected,
};

/** Refusals that real software sends with the challenge that it was waiting for itself. */
const refusals: readonly string[] = ['unknownCommand', 'invalidContent', 'authenticationInvalid'];

/**
 * A frame as its receiver sees it: the flaws stand in the order of the receiver's checks
 * (structure, seal, challenge, code, content).
 */
export function perceive(
  frame: ReadFrame,
  speaker: string,
  position: Position,
  settings: Settings,
): Perceived {
  const header = frame.header.ok ? frame.header.value : null;
  const code = headerMember(header, 'code');
  const message = code === undefined ? null : (byCode.get(code) ?? null);
  const content = frame.content?.ok === true ? frame.content.value : undefined;
  const nextChallenge = headerMember(header, 'next_challenge');
  const flaws = [
    ...structureFlaws(frame, settings),
    ...sealFlaws(frame, speaker, settings),
    ...challengeFlaws(headerMember(header, 'challenge'), { message, speaker, position, settings }),
    ...codeFlaws(code, message),
    ...(message === null || frame.problems.length > 0
      ? []
      : contentFlaws(message, content, settings)),
  ];
  return { message, payload: { code, content, nextChallenge, lost: frame.lost }, flaws };
}

function structureFlaws(frame: ReadFrame, settings: Settings): readonly Flaw[] {
  return frame.problems.map((problem) => {
    const unsealed =
      problem.code === 'headerMemberMissing' &&
      problem.member === 'challenge' &&
      settings.readings['missingChallenge'] === 'unauthentic';
    return {
      kind: unsealed ? 'unauthentic' : 'malformed',
      requirement: problemRequirements[problem.code],
      detail: problem.detail,
    };
  });
}

function sealFlaws(frame: ReadFrame, speaker: string, settings: Settings): readonly Flaw[] {
  if (frame.lost) return [];
  const digest = digestOf(frame.headerBytes, frame.contentBytes);
  if (authenticatorOf(settings, speaker).verify(digest, frame.digest)) return [];
  const detail = `the digest (${frame.digest.length} bytes) is not that of header and content`;
  return [{ kind: 'unauthentic', requirement: requirements.digestMatches, detail }];
}

function challengeFlaws(
  challenge: Json | undefined,
  frame: {
    message: MessageName | null;
    speaker: string;
    position: Position;
    settings: Settings;
  },
): readonly Flaw[] {
  const { message, speaker, position, settings } = frame;
  if (challenge === undefined || message === 'identificationRequest') return [];
  const { challengeFor } = conversationAt(position);
  const awaited: unknown = speaker === 'bob' ? challengeFor.bob : challengeFor.alice;
  /** What was issued was no challenge at all: nothing can be demanded of its echo. */
  if (typeof awaited !== 'string' || challenge === awaited) return [];
  const pending =
    settings.readings['refusalEcho'] === 'pending' && refusals.includes(message ?? '');
  if (pending && challenge === challengeFor.bob) return [];
  const detail = `the challenge is ${shown(challenge)} where ${shown(awaited)} was issued`;
  return [{ kind: 'unauthentic', requirement: requirements.challengeEchoed, detail }];
}

function codeFlaws(code: Json | undefined, message: MessageName | null): readonly Flaw[] {
  if (code === undefined || message !== null) return [];
  const detail = `code ${shown(code)} is none of the protocol's`;
  return [{ kind: 'unknown', requirement: requirements.codesInReservedRanges, detail }];
}

function contentFlaws(
  message: MessageName,
  content: Json | undefined,
  settings: Settings,
): readonly Flaw[] {
  const flaw = contentFlaw(message, content, settings.readings);
  return flaw === null ? [] : [{ kind: 'unfit', ...flaw }];
}

/** A member of the header; `undefined` where there is none. */
export function headerMember(header: Json | null, name: string): Json | undefined {
  if (typeof header !== 'object' || header === null || Array.isArray(header)) return undefined;
  const value: unknown = Object.getOwnPropertyDescriptor(header, name)?.value;
  return isJson(value) ? value : undefined;
}

function isJson(value: unknown): value is Json {
  return value !== undefined;
}

function shown(value: unknown): string {
  const plain = (_: string, part: unknown) => (typeof part === 'bigint' ? String(part) : part);
  const text = JSON.stringify(value, plain) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function messageNames(): readonly MessageName[] {
  return Object.keys(messages).filter((name): name is MessageName => name in messages);
}
