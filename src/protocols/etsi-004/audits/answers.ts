import { member, messages, requirements, statusOf } from '#models/etsi-004/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { codeOf } from '../codec.ts';
import { serverCodes } from '../perceive.ts';
import { ofAnswers, ofMessages } from './audit.ts';

const refusals: readonly (string | null)[] = ['openRefused', 'getKeyRefused', 'closeRefused'];

/**
 * Any code of the 400s where 400 is said, any of the 500s where 500 is: all error codes of HTTP are
 * acceptable. Of a call that is malformed no status speaks, nor of one whose form a server refuses.
 */
const errorCodes = ofAnswers(requirements.errorCodes, () => ({ answer, call }) => {
  const { message, payload } = answer.perceived;
  const status = statusOf(payload['content']);
  if (!refusals.includes(message) || status === null || !isGood(call)) return null;
  const wanted = codeOf('openRefused', status);
  const code = Number(payload['code']);
  const isFit = Math.floor(code / 100) === Math.floor(wanted / 100);
  if (isFit || serverCodes.includes(code) || unknownCodes.includes(code)) return null;
  return `Status ${status} came with HTTP ${code}, not ${wanted}.`;
});

/** Codes that say that there is no such stream: no status does. */
const unknownCodes: readonly number[] = [404, 410];

function isGood(call: JudgedFrame | null): boolean {
  return call?.perceived.flaws.length === 0;
}

/** The table says 200, the calls say others: which of them is an open question. */
const successCodes = ofMessages(requirements.successCodes, ({ successCode }) => ({ perceived }) => {
  const { message, payload } = perceived;
  const row = Object.entries(messages).find(([name]) => name === message)?.[1];
  const code = Number(payload['code']);
  if (row === undefined || !('code' in row) || row.code >= 300 || !(code < 300)) return null;
  if (successCode === 'any' || code === (successCode === 'described' ? 200 : row.code)) return null;
  return `Success of ${row.wireName} came with HTTP ${code}.`;
});

const contentTypes = ofMessages(requirements.contentTypeJson, () => ({ perceived }) => {
  const { message, payload } = perceived;
  const passedOver = payload['passedOver'];
  const isUnsaid = Array.isArray(passedOver) && passedOver.includes('contentType');
  if (!isUnsaid || payload['content'] === undefined) return null;
  return `The content of ${message} does not say that it is JSON.`;
});

/** Which statuses a call may be refused with. @see ETSI GS QKD 004, Status */
const listed = [
  ['openRefused', requirements.openConnectStatuses, [4, 5, 6, 7]],
  ['getKeyRefused', requirements.getKeyStatuses, [2, 3, 4, 6, 8]],
  ['closeRefused', requirements.closeStatuses, [3, 5, 6]],
] as const satisfies readonly (readonly [string, Requirement, readonly number[]])[];

const statuses = listed.map(([name, requirement, table]) => {
  const known: readonly number[] = table;
  return ofAnswers(requirement, ({ unlistedStatus }) => ({ answer, call }) => {
    const { message, payload } = answer.perceived;
    const status = statusOf(payload['content']);
    if (message !== name || status === null || !isGood(call)) return null;
    if (unlistedStatus === 'tolerated') return null;
    return known.includes(status) ? null : `The call was refused with status ${status}.`;
  });
});

const metadataSmall = ofAnswers(requirements.metadataSmall, () => ({ answer }) => {
  const { message, payload } = answer.perceived;
  if (message !== 'getKeyRefused' || statusOf(payload['content']) !== 8) return null;
  const size = member(member(payload['content'], 'metadata'), 'size');
  return typeof size === 'number' && size > 0 ? null : 'Status 8 came without the size needed.';
});

const emptyResetAnswer = ofAnswers(requirements.emptyResetAnswer, ({ resetBody }) => {
  if (resetBody !== 'none') return () => null;
  return ({ answer }) => {
    const { code, content } = answer.perceived.payload;
    return code === 205 && content !== undefined ? 'An answer with code 205 has content.' : null;
  };
});

/** The codes and statuses of answers. */
export const answerAudits: readonly Audit[] = [
  errorCodes,
  successCodes,
  ...statuses,
  metadataSmall,
  emptyResetAnswer,
  contentTypes,
];
