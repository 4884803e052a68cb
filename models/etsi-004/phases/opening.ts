import { conversation, type Region } from '../conversation.ts';
import { requirements } from '../requirements.ts';
import { unusableAnswers } from '../answers.ts';

/**
 * The KMS asks for a stream at one end; the QKD device opens it, offers another quality, or
 * refuses.
 * @see ETSI GS QKD 004 push mode, open-connect
 */
export const opening = (region: Region) => ({
  idle: conversation.createStateConfig({
    on: { 'kms.openConnect': { guard: `${region}Opens` as const, target: 'opening' } },
  }),
  opening: conversation.createStateConfig({
    tags: ['owes:qkd-device'],
    meta: { covers: [requirements.openConnectAnswered, requirements.openedContent] },
    on: {
      'qkd-device.opened': { guard: `${region}Opened` as const, target: 'open' },
      'qkd-device.counterProposed': [
        { guard: `${region}OpensByProposal` as const, target: 'open' },
        { guard: `${region}Concerned` as const, target: 'idle' },
      ],
      'qkd-device.openRefused': [
        { guard: `${region}Doubted` as const, target: 'doubtful' },
        { guard: `${region}Concerned` as const, target: 'idle' },
      ],
      'kms.withdraws': [
        { guard: `${region}WithdrawsNamed` as const, target: 'doubtful' },
        { guard: `${region}WithdrawsOpenConnect` as const, target: 'idle' },
      ],
      ...unusableAnswers(region, { OpenConnect: 'doubtful', GetKey: null }),
    },
  }),
  /** The KMS could not use an answer, or has not waited for it: what it does is its own affair. */
  doubtful: conversation.createStateConfig({
    on: {
      'kms.openConnect': { guard: `${region}Opens` as const, target: 'opening' },
      'kms.getKey': { guard: `${region}Believed` as const, target: 'starting' },
      'kms.close': { guard: `${region}Believed` as const, target: 'closing' },
      'qkd-device.keyMaterial': { guard: `${region}Pushes` as const, target: 'acknowledging' },
      'qkd-device.getKeyAccepted': { guard: `${region}Concerned` as const },
      'qkd-device.getKeyRefused': { guard: `${region}Concerned` as const },
      ...unusableAnswers(region, { GetKey: null }),
    },
  }),
});
