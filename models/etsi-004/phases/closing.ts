import { conversation, type Region } from '../conversation.ts';
import { requirements } from '../requirements.ts';
import { receipts, unusableAnswers, unusableReceipt } from '../answers.ts';

/** What a stream that is over may still see: a key that was under way, or its place taken anew. */
const over = (region: Region) => ({
  'qkd-device.keyMaterial': { guard: `${region}PushesLate` as const, target: 'late' },
  'kms.openConnect': { guard: `${region}Reopens` as const, target: 'opening' },
});

/** The answer to a get-key that close has overtaken. */
const overtakenAnswers = (region: Region) => ({
  'qkd-device.getKeyAccepted': { guard: `${region}Concerned` as const },
  'qkd-device.getKeyRefused': { guard: `${region}Concerned` as const },
});

/**
 * The KMS closes a stream at one end; keys that are under way cross with it.
 * @see ETSI GS QKD 004 push mode, close
 */
export const closing = (region: Region) => ({
  closing: conversation.createStateConfig({
    tags: ['owes:qkd-device'],
    meta: { covers: [requirements.closeAnswered] },
    on: {
      'qkd-device.closeAccepted': [
        { guard: `${region}StaysOpen` as const, target: 'pushing' },
        { guard: `${region}Concerned` as const, target: 'closed' },
      ],
      'qkd-device.closeRefused': [
        { guard: `${region}Gone` as const, target: 'expired' },
        { guard: `${region}Doubted` as const, target: 'doubtful' },
        { guard: `${region}WasPushing` as const, target: 'pushing' },
        { guard: `${region}Concerned` as const, target: 'open' },
      ],
      'qkd-device.keyMaterial': { guard: `${region}Pushes` as const, target: 'crossing' },
      'kms.withdraws': { guard: `${region}WithdrawsClose` as const, target: 'doubtful' },
      ...overtakenAnswers(region),
      ...unusableAnswers(region, { GetKey: null, Close: 'doubtful' }),
    },
  }),
  /** A key is under way while close is. */
  crossing: conversation.createStateConfig({
    tags: ['owes:qkd-device', 'owes:kms'],
    meta: { covers: [requirements.closeAnswered, requirements.everyPushAnswered] },
    on: {
      'qkd-device.closeAccepted': { guard: `${region}Concerned` as const, target: 'late' },
      'qkd-device.closeRefused': [
        { guard: `${region}Gone` as const, target: 'late' },
        { guard: `${region}Concerned` as const, target: 'acknowledging' },
      ],
      'qkd-device.keyMaterial': { guard: `${region}PushesBeside` as const },
      'kms.withdraws': { guard: `${region}WithdrawsClose` as const, target: 'acknowledging' },
      ...overtakenAnswers(region),
      ...receipts(region, 'closing'),
      ...unusableAnswers(region, { GetKey: null, Close: 'acknowledging' }),
      ...unusableReceipt(region, 'closing'),
    },
  }),
  closed: conversation.createStateConfig({
    on: {
      ...over(region),
      ...overtakenAnswers(region),
      ...unusableAnswers(region, { GetKey: null }),
    },
  }),
  /**
   * A key that was under way when close was answered: the KMS owes it an answer all the same, as
   * long as it is there.
   */
  late: conversation.createStateConfig({
    tags: ['owes:kms'],
    meta: { covers: [requirements.everyPushAnswered] },
    on: {
      'qkd-device.keyMaterial': { guard: `${region}PushesLate` as const },
      ...overtakenAnswers(region),
      ...unusableAnswers(region, { GetKey: null }),
      ...receipts(region, 'closed'),
      ...unusableReceipt(region, 'closed'),
      'kms.hungUp': { guard: `${region}Concerned` as const, target: 'closed' },
      'kms.closes': { guard: 'nothingOpen' as const, target: 'closed' },
    },
  }),
  /** The device's answer said that the stream is gone: its ttl has passed. */
  expired: conversation.createStateConfig({
    on: {
      ...over(region),
      'kms.close': { guard: `${region}Concerned` as const, target: 'closing' },
    },
  }),
});
