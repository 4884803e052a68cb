import { conversation, type Region } from '../conversation.ts';
import { requirements } from '../requirements.ts';
import { receipts, unusableAnswers, unusableReceipt } from '../answers.ts';

/**
 * The KMS asks for keys once; from then on the QKD device pushes them, and the KMS answers each.
 * The two directions use different connections: whatever can cross does.
 * @see ETSI GS QKD 004 push mode, get-key; key-material
 */
export const keyDelivery = (region: Region) => ({
  open: conversation.createStateConfig({
    on: {
      'kms.getKey': { guard: `${region}Concerned` as const, target: 'starting' },
      'kms.close': { guard: `${region}Concerned` as const, target: 'closing' },
    },
  }),
  starting: conversation.createStateConfig({
    tags: ['owes:qkd-device'],
    meta: { covers: [requirements.getKeyAnswered] },
    on: {
      'qkd-device.getKeyAccepted': [
        { guard: `${region}AskedOfMany` as const },
        { guard: `${region}Serves` as const, target: 'pushing' },
      ],
      'qkd-device.getKeyRefused': [
        { guard: `${region}AskedOfMany` as const },
        { guard: `${region}Gone` as const, target: 'expired' },
        { guard: `${region}Doubted` as const, target: 'doubtful' },
        { guard: `${region}WasPushing` as const, target: 'pushing' },
        { guard: `${region}Concerned` as const, target: 'open' },
      ],
      'qkd-device.keyMaterial': { guard: `${region}Overtakes` as const, target: 'overtaken' },
      'kms.getKey': { guard: `${region}AsksBeside` as const },
      'kms.close': { guard: `${region}Concerned` as const, target: 'closing' },
      'kms.withdraws': { guard: `${region}WithdrawsGetKey` as const, target: 'doubtful' },
      ...unusableAnswers(region, { GetKey: 'doubtful' }),
    },
  }),
  /** A key came before the answer to get-key. */
  overtaken: conversation.createStateConfig({
    tags: ['owes:qkd-device', 'owes:kms'],
    meta: { covers: [requirements.getKeyAnswered, requirements.everyPushAnswered] },
    on: {
      'qkd-device.getKeyAccepted': { guard: `${region}Serves` as const, target: 'acknowledging' },
      'qkd-device.getKeyRefused': [
        { guard: `${region}Gone` as const, target: 'late' },
        { guard: `${region}WasPushing` as const, target: 'acknowledging' },
      ],
      'qkd-device.keyMaterial': { guard: `${region}PushesBeside` as const },
      'kms.close': { guard: `${region}Concerned` as const, target: 'crossing' },
      'kms.withdraws': { guard: `${region}WithdrawsGetKey` as const, target: 'acknowledging' },
      ...receipts(region, 'starting'),
      ...unusableAnswers(region, { GetKey: 'acknowledging' }),
      ...unusableReceipt(region, 'starting'),
    },
  }),
  pushing: conversation.createStateConfig({
    on: {
      'qkd-device.keyMaterial': { guard: `${region}Pushes` as const, target: 'acknowledging' },
      'kms.getKey': { guard: `${region}AsksAgain` as const, target: 'starting' },
      'kms.close': { guard: `${region}Concerned` as const, target: 'closing' },
    },
  }),
  acknowledging: conversation.createStateConfig({
    tags: ['owes:kms'],
    meta: { covers: [requirements.everyPushAnswered, requirements.pushAnswered] },
    on: {
      'qkd-device.keyMaterial': { guard: `${region}PushesBeside` as const },
      'kms.getKey': { guard: `${region}AsksAgain` as const, target: 'overtaken' },
      'kms.close': { guard: `${region}Concerned` as const, target: 'crossing' },
      ...receipts(region, 'pushing'),
      ...unusableReceipt(region, 'pushing'),
    },
  }),
});
