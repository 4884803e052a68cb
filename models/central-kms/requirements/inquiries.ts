import type { RequirementRow } from '#models/language/index.ts';

const inquiry = { document: 'central-kms-socket', section: 'Inquiry' } as const;
const time = { document: 'rfc-3339', section: '5.6 Internet Date/Time Format' } as const;

/** How the KMS asks a sidecar for its batches. */
export const inquiries = {
  inquiryContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'central-kms',
    cite: inquiry,
    text: 'inquiry has the id of the inquiry, a UUID, startTime and endTime.',
  },
  inquiryTimes: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: time,
    text: 'startTime and endTime are dates with times and a time zone.',
  },
  inquiryToRegistered: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: inquiry,
    text: 'Inquiries go to sidecars that have registered.',
  },
  inquiryAnswered: {
    level: 'MUST',
    basis: 'stated',
    binds: 'sidecar',
    cite: inquiry,
    text: 'The sidecar answers an inquiry with every batch that satisfies it.',
  },
  inquiryIdEchoed: {
    level: 'MUST',
    basis: 'stated',
    binds: 'sidecar',
    cite: inquiry,
    text: 'Each answer names the inquiry that it is about.',
  },
  foundContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'sidecar',
    cite: inquiry,
    text: 'Each answer about a batch has the id and the body of that batch.',
  },
  foundIdIsUuid: {
    level: 'MUST',
    basis: 'stated',
    binds: 'sidecar',
    cite: inquiry,
    text: 'The id of a batch in an answer is a UUID.',
  },
  foundIsSaved: {
    level: 'MUST',
    basis: 'implied',
    binds: 'sidecar',
    cite: inquiry,
    text: 'Each batch of an answer is one that the sidecar has saved.',
  },
  foundInTime: {
    level: 'MUST',
    basis: 'stated',
    binds: 'sidecar',
    cite: inquiry,
    text: 'Each batch of an answer lies between startTime and endTime, both included.',
    unobservable: 'When a batch was made is not on the wire.',
  },
  bodyVerifies: {
    level: 'MUST',
    basis: 'implied',
    binds: 'sidecar',
    cite: inquiry,
    text: 'The body of a batch is what its signature was made of.',
  },
  countsAreIntegers: {
    level: 'MUST',
    basis: 'stated',
    binds: 'sidecar',
    cite: inquiry,
    text: 'total and item are integers.',
  },
  totalRight: {
    level: 'MUST',
    basis: 'stated',
    binds: 'sidecar',
    cite: inquiry,
    text: 'total is the number of batches that satisfy the inquiry.',
  },
  totalConstant: {
    level: 'MUST',
    basis: 'implied',
    binds: 'sidecar',
    cite: inquiry,
    text: 'All answers to an inquiry have the same total.',
  },
  itemsDistinct: {
    level: 'MUST',
    basis: 'stated',
    binds: 'sidecar',
    cite: inquiry,
    text: "The items of an inquiry's answers are the places in the list, each once.",
  },
  emptyInquiryAnswered: {
    level: 'MUST',
    basis: 'implied',
    binds: 'sidecar',
    cite: inquiry,
    text: 'An inquiry that nothing satisfies is answered too.',
  },
  inquiriesApart: {
    level: 'MUST',
    basis: 'implied',
    binds: 'sidecar',
    cite: inquiry,
    text: 'The answers to two inquiries are told apart by inquiry and id.',
  },
  inquiryAnswersTaken: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: inquiry,
    text: 'The KMS takes every answer, and answers none of them.',
  },
} as const satisfies Record<string, RequirementRow>;
