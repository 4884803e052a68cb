import type { Region } from './conversation.ts';

/**
 * The KMS can make nothing of an answer to one of its calls: where that leads, by the call; `null`
 * where it changes nothing.
 */
export const unusableAnswers = (
  region: Region,
  targets: Readonly<Partial<Record<'OpenConnect' | 'GetKey' | 'Close', string | null>>>,
) => {
  const unusable = (['OpenConnect', 'GetKey', 'Close'] as const).flatMap((call) => {
    const target = targets[call];
    const guard = `${region}Unusable${call}` as const;
    if (target === undefined) return [];
    return [target === null ? { guard } : { guard, target }];
  });
  return {
    'qkd-device.malformed': unusable,
    'qkd-device.unauthentic': unusable,
    'qkd-device.unknown': unusable,
    'qkd-device.misplaced': unusable,
    'qkd-device.unfit': unusable,
  };
};

/** The QKD device can make nothing of the answer to its push: where that leads. */
export const unusableReceipt = (region: Region, target: string) => {
  const unusable = [
    { guard: `${region}UnusableReceiptOfMany` as const },
    { guard: `${region}UnusableReceipt` as const, target },
  ];
  return {
    'kms.malformed': unusable,
    'kms.unauthentic': unusable,
    'kms.unknown': unusable,
    'kms.misplaced': unusable,
    'kms.unfit': unusable,
  };
};

/** The KMS answers a push, or has left: where that leads once none of the stream's awaits its answer. */
export const receipts = (region: Region, target: string) => {
  const receipt = [
    { guard: `${region}StillOwes` as const },
    { guard: `${region}Concerned` as const, target },
  ];
  const left = { guard: `${region}Left` as const, target };
  const withdrawn = [
    { guard: `${region}WithdrawsPushOfMany` as const },
    { guard: `${region}WithdrawsPush` as const, target },
  ];
  return {
    'kms.keyAccepted': receipt,
    'kms.keyRefused': receipt,
    'kms.hungUp': left,
    'qkd-device.withdraws': withdrawn,
  };
};
