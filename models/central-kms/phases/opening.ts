import { conversation } from '../conversation.ts';
import { requirements } from '../requirements.ts';

/** An upgrade that is not correct, whatever is wrong with it. */
const badUpgrade = { guard: 'upgradesBadly' as const, target: 'refusing' };
const asks = {
  'sidecar.upgrade': { target: 'upgrading' },
  'sidecar.malformed': badUpgrade,
  'sidecar.unauthentic': badUpgrade,
  'sidecar.unknown': badUpgrade,
  'sidecar.unfit': badUpgrade,
  'sidecar.closes': { target: 'terminated' },
};
const unusable = { guard: 'upgradesBadly' as const, target: 'stranded' };
const unusableAnswers = {
  'central-kms.malformed': unusable,
  'central-kms.misplaced': { guard: 'kmsRefusesAmiss' as const, target: 'stranded' },
  'central-kms.unauthentic': unusable,
  'central-kms.unknown': unusable,
  'central-kms.unfit': unusable,
};

/**
 * The sidecar asks for a WebSocket; the KMS agrees, or refuses.
 * @see RFC 6455, Opening Handshake
 */
export const opening = {
  /** An answer that comes before its request is read once that is said. */
  connecting: conversation.createStateConfig({ on: { ...asks, ...unusableAnswers } }),
  upgrading: conversation.createStateConfig({
    tags: ['owes:central-kms'],
    meta: { covers: [requirements.upgradeAnswered] },
    on: {
      'central-kms.upgraded': { target: 'connected' },
      'central-kms.closes': { guard: 'wasRefused', target: 'terminated' },
      'sidecar.malformed': { guard: 'breaksEarly' },
      ...unusableAnswers,
    },
  }),
  /** The upgrade was not correct. */
  refusing: conversation.createStateConfig({
    tags: ['owes:central-kms'],
    meta: { covers: [requirements.badUpgradeRefused] },
    on: {
      'sidecar.malformed': { guard: 'breaksEarly' },
      'central-kms.upgradeRefused': { target: 'refused' },
      'central-kms.closes': { guard: 'refusesByEnding', target: 'terminated' },
    },
  }),
  /** The sidecar may try once more on the same connection, or the KMS ends it. */
  refused: conversation.createStateConfig({
    on: { ...asks, 'central-kms.closes': { target: 'terminated' } },
  }),
  /** The answer to the upgrade was wrong: there is no WebSocket. */
  stranded: conversation.createStateConfig({
    tags: ['owes:sidecar'],
    meta: { covers: [requirements.wrongAnswerFails] },
    on: {
      'sidecar.upgrade': {},
      'sidecar.closes': { target: 'terminated' },
      'central-kms.closes': { target: 'terminated' },
    },
  }),
};
