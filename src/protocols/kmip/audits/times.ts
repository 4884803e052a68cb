import { numberAt, requirements } from '#models/kmip/index.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { audit, fieldsAt, headerAudit, type Look } from './look.ts';

/** Seconds of 2009, when there was no KMIP yet, and of 2100: clocks may differ, but not so. */
const first = 1_230_768_000;
const last = 4_102_444_800;

function wrongTime(seconds: number | null): string | null {
  if (seconds === null || (seconds >= first && seconds < last)) return null;
  return `got ${seconds} seconds since 1970`;
}

/** When an object was made: whoever asks for it. */
const datesTold = (): Look => {
  return ({ operation, status, told }) => {
    if (operation !== 'GetAttributes' || status !== 'Success') return null;
    const wrong = wrongTime(numberAt(fieldsAt(told, 'Attributes'), 'InitialDate'));
    return wrong === null ? null : `Initial Date: ${wrong}.`;
  };
};

/** What is said of times. */
export const timeAudits: readonly Audit[] = [
  audit(requirements.datesTold, datesTold),
  headerAudit(requirements.timeStampTrue, (header) => {
    const wrong = wrongTime(numberAt(header, 'TimeStamp'));
    return wrong === null ? null : `Time Stamp: ${wrong}.`;
  }),
];
