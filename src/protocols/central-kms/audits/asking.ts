import { idOf, instantOf, requirements } from '#models/central-kms/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { audit, auditOfBoth, contentIn, textOf, type Look } from './look.ts';

const answers: readonly (string | null)[] = ['healthReport', 'inquiryResult', 'sidecarError'];

/** What has an answer already does not come again; unanswered calls may. */
function answeredOnce(told: { nameOf: (frame: JudgedFrame) => string | null; what: string }) {
  return (): Look => {
    /** The names of calls by the connection and the id of the call. */
    const asked = new Map<string, string>();
    const answered = new Set<string>();
    return (frame) => {
      const call = `${frame.session} ${String(idOf(contentIn(frame)))}`;
      const name = told.nameOf(frame);
      if (answers.includes(frame.perceived.message)) answered.add(asked.get(call) ?? '');
      if (name === null) return null;
      asked.set(call, name);
      return answered.has(name) ? `${told.what} came again that was answered.` : null;
    };
  };
}

const healthCheckIdFresh = answeredOnce({
  nameOf: ({ perceived: { message, payload } }) =>
    message === 'healthcheck' ? String(idOf(payload['content'])) : null,
  what: 'A healthcheck',
});

/** An inquiry may go to several sidecars. */
const inquiryIdFresh = answeredOnce({
  nameOf: (frame) => {
    const inquiry = textOf(frame, 'inquiry', ['params', 'inquiry']);
    return inquiry === null ? null : `${frame.session} ${inquiry.toLowerCase()}`;
  },
  what: 'An inquiry',
});

const inquirySpan = (): Look => (frame) => {
  const from = instantOf(textOf(frame, 'inquiry', ['params', 'startTime']));
  const to = instantOf(textOf(frame, 'inquiry', ['params', 'endTime']));
  return from > to ? 'An inquiry ends before it starts.' : null;
};

/** Calls within a second that are no longer "on occasion". */
const mostCalls = 100;

const askedOnOccasion = (): Look => {
  const times: number[] = [];
  return (frame) => {
    if (!['healthcheck', 'inquiry'].includes(frame.perceived.message ?? '')) return null;
    times.push(frame.atMs);
    const before = times.at(-1 - mostCalls);
    return before !== undefined && frame.atMs - before < 1000
      ? `There were more than ${mostCalls} calls within a second.`
      : null;
  };
};

/** How often the KMS asks, and for what. */
export const askingAudits: readonly Audit[] = [
  auditOfBoth(requirements.healthCheckIdFresh, healthCheckIdFresh),
  auditOfBoth(requirements.inquiryIdFresh, inquiryIdFresh),
  audit(requirements.inquirySpan, inquirySpan),
  audit(requirements.askedOnOccasion, askedOnOccasion),
];
