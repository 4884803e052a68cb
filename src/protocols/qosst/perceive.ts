import { messages, requirements, type MessageName } from '#models/qosst/index.ts';
import type { Requirement } from '#models/language/index.ts';
import { isJsonObject, type Json } from '#src/base/json.ts';
import type { Position } from '#src/chart/chart.ts';
import type { Flaw, Perceived } from '#src/contract/frame.ts';
import type { Settings } from '#src/contract/settings.ts';
import { authenticatorOf } from './authenticator/choose.ts';
import { readHeader } from './codec/header.ts';
import { digestOf } from './codec/writer.ts';
import { conversationAt } from './context.ts';
import type { FrameProblem, ReadFrame } from './frame.ts';
import { contentFlaw } from './schema.ts';
import { jsonHabits } from './settings.ts';

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
  const isCode = code !== undefined && !(refusesFloats(settings) && isFloat(frame));
  const message = isCode ? (byCode.get(code) ?? null) : null;
  const content = frame.content?.ok === true ? frame.content.value : undefined;
  const nextChallenge = headerMember(header, 'next_challenge');
  const challenge = headerMember(header, 'challenge');
  const awaited = awaitedOf(speaker, position);
  const flaws: Flaw[] = [];
  if (frame.problems.length > 0) flaws.push(...structureFlaws(frame, awaited, settings));
  if (!isSealed(frame, speaker, settings)) flaws.push(sealFlaw(frame));
  if (challenge !== awaited && challenge !== undefined) {
    flaws.push(...challengeFlaws(challenge, { message, awaited, position, settings }));
  }
  if (message === null && code !== undefined) flaws.push(...codeFlaws(code));
  if (message !== null && frame.problems.length === 0) {
    const flaw = contentFlaw(message, content, settings.readings);
    if (flaw !== null) flaws.push({ kind: 'unfit', ...flaw });
  }
  return { message, payload: { code, content, nextChallenge, lost: frame.lost }, flaws };
}

function structureFlaws(frame: ReadFrame, awaited: unknown, settings: Settings): readonly Flaw[] {
  const anyChallenge = settings.readings['headerMemberTypes'] === 'anyJson';
  const tolerated = [
    ...(anyChallenge || isNoText(awaited) ? ['challenge'] : []),
    ...(anyChallenge ? ['next_challenge'] : []),
  ];
  const problems = frame.problems.filter(
    ({ code, member = '' }) => !(code === 'headerMemberType' && tolerated.includes(member)),
  );
  return problems.map((problem) => {
    const unsealed =
      problem.code === 'headerMemberMissing' &&
      problem.member === 'challenge' &&
      settings.readings['missingChallenge'] === 'unauthentic';
    return {
      kind: unsealed ? 'unauthentic' : 'malformed',
      requirement: misplacedPart(frame, problem, settings) ?? problemRequirements[problem.code],
      detail: problem.detail,
    };
  });
}

/** Of a frame that nobody can read to its end the seal is not judged. */
function isSealed(frame: ReadFrame, speaker: string, settings: Settings): boolean {
  if (frame.lost) return true;
  const { bytes, digest, headerBytes, contentBytes } = frame;
  const sealed = bytes.subarray(bytes.length - headerBytes.length - contentBytes.length);
  return authenticatorOf(settings, speaker).verify(digestOf(sealed), digest);
}

function sealFlaw({ digest }: ReadFrame): Flaw {
  const detail = `the digest (${digest.length} bytes) is not that of header and content`;
  return { kind: 'unauthentic', requirement: requirements.digestMatches, detail };
}

/** What is wrong with a challenge that is not the awaited one. */
function challengeFlaws(
  challenge: Json,
  frame: {
    message: MessageName | null;
    awaited: unknown;
    position: Position;
    settings: Settings;
  },
): readonly Flaw[] {
  const { message, awaited, position, settings } = frame;
  if (message === 'identificationRequest' || isNoText(awaited)) return [];
  const pending =
    settings.readings['refusalEcho'] === 'pending' && refusals.includes(message ?? '');
  /** What she issued on an earlier connection is known to her alone. */
  const issued: unknown = conversationAt(position).challengeFor.bob;
  if (pending && (challenge === issued || issued === '')) return [];
  const detail = `the challenge is ${shown(challenge)} where ${shown(awaited)} was issued`;
  return [{ kind: 'unauthentic', requirement: requirements.challengeEchoed, detail }];
}

/** The challenge that a side must return next. */
function awaitedOf(speaker: string, position: Position): unknown {
  const { challengeFor } = conversationAt(position);
  return speaker === 'bob' ? challengeFor.bob : challengeFor.alice;
}

/** What was issued was no challenge at all: nothing can be demanded of its echo. */
function isNoText(awaited: unknown): boolean {
  return typeof awaited !== 'string';
}

function codeFlaws(code: Json): readonly Flaw[] {
  const detail = `code ${shown(code)} is none of the protocol's`;
  const unknown = { kind: 'unknown', requirement: codeRequirement(code), detail } as const;
  if (isInteger(code)) return [unknown];
  const mistyped = `expected code to be an integer, got ${shown(code)}`;
  const { headerMemberTypes } = requirements;
  return [unknown, { kind: 'malformed', requirement: headerMemberTypes, detail: mistyped }];
}

function codeRequirement(code: Json): Requirement {
  const isNegative = isInteger(code) && Number(code) < 0;
  return isNegative ? requirements.errorCodesStayLocal : requirements.codesInReservedRanges;
}

function isInteger(value: Json): boolean {
  return typeof value === 'bigint' || Number.isInteger(value);
}

function refusesFloats({ readings }: Settings): boolean {
  return readings['integralFloatCode'] === 'refused';
}

/** Whether the code is written as a float: as a JavaScript number it is an integer all the same. */
function isFloat(frame: ReadFrame): boolean {
  const text = Buffer.from(frame.headerBytes).toString('latin1');
  return /"code"\s*:\s*-?\d+[.eE]/.test(text);
}

/** A header that is no JSON where it lies, but would be one elsewhere: what stands in its place. */
function misplacedPart(
  frame: ReadFrame,
  problem: FrameProblem,
  settings: Settings,
): Requirement | null {
  if (problem.code !== 'headerNotJson') return null;
  const { bytes, digest, headerBytes } = frame;
  const isHeader = (start: number, length: number) =>
    readHeader(bytes.subarray(start, start + length), jsonHabits(settings)).problems.length === 0;
  if (isHeader(4, headerBytes.length)) return requirements.bodyOrder;
  return isHeader(4 + headerBytes.length, digest.length) ? requirements.lengthsInOrder : null;
}

/** A member of the header; `undefined` where there is none. */
export function headerMember(header: Json | null, name: string): Json | undefined {
  if (header === null || !isJsonObject(header) || !Object.hasOwn(header, name)) return undefined;
  return header[name];
}

function shown(value: unknown): string {
  const plain = (_: string, part: unknown) => (typeof part === 'bigint' ? String(part) : part);
  const text = JSON.stringify(value, plain) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function messageNames(): readonly MessageName[] {
  return Object.keys(messages).filter((name): name is MessageName => name in messages);
}
