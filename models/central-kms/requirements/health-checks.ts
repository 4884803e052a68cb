import type { RequirementRow } from '#models/language/index.ts';

const all = { document: 'central-kms-socket', section: 'Central KMS Socket' } as const;
const check = { document: 'central-kms-socket', section: 'Health Check' } as const;

/** How the KMS asks a sidecar for its health. */
export const healthChecks = {
  healthcheckContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'central-kms',
    cite: check,
    text: 'healthcheck has a level, which is a string.',
  },
  healthCheckIdIsUuid: {
    level: 'MUST',
    basis: 'stated',
    binds: 'central-kms',
    cite: check,
    text: 'The id of a healthcheck is a UUID.',
  },
  healthCheckIdFresh: {
    level: 'MUST',
    basis: 'stated',
    binds: 'central-kms',
    cite: check,
    text: 'The id of a healthcheck that was answered is never that of another one.',
  },
  askedOnOccasion: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'central-kms',
    cite: all,
    text: 'The KMS calls the sidecar on occasion: not a hundred times a second.',
  },
  healthcheckAnswered: {
    level: 'MUST',
    basis: 'stated',
    binds: 'sidecar',
    cite: check,
    text: 'The sidecar answers healthcheck, at any time of the connection.',
  },
  healthReportContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'sidecar',
    cite: check,
    text: 'The result of healthcheck is an object.',
  },
  healthcheckPrompt: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'sidecar',
    cite: check,
    text: 'The answer to healthcheck comes in a short time.',
  },
  unknownLevelAnswered: {
    level: 'MUST',
    basis: 'implied',
    binds: 'sidecar',
    cite: check,
    text: 'A level that the sidecar does not know is answered too.',
  },
  lateReportTaken: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: check,
    text: 'A late answer to healthcheck does no harm.',
  },
  reportUnanswered: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: check,
    text: 'The KMS does not answer an answer.',
  },
} as const satisfies Record<string, RequirementRow>;
