/** Where a frame is broken, no response is owed any more. */
export const brokenOff = (rest: string) => ({ guard: 'breaksFrame' as const, target: rest });

/** The same where the KMS leaves without a reason. */
export const leftAmiss = (rest: string) => ({ guard: 'kmsLeavesAmiss' as const, target: rest });

/**
 * Once a side leaves, or a frame is broken, no response is owed any more: what is under way is
 * passed over. For regions beside the connection, which says whether a side may leave.
 */
export const lettingGo = (rest: string) => ({
  'sidecar.closeFrame': { guard: 'sidecarMayLeave' as const, target: rest },
  'central-kms.closeFrame': { guard: 'kmsMayLeave' as const, target: rest },
  'central-kms.misplaced': leftAmiss(rest),
  'sidecar.malformed': brokenOff(rest),
  'central-kms.malformed': brokenOff(rest),
});

/** A response of the KMS that cannot be used: its guard says whether it settles the last call. */
export const spoiledByKms = <Guard extends string>(guard: Guard) => ({
  'central-kms.malformed': [{ guard, target: 'none' }, brokenOff('none')],
  'central-kms.unknown': { guard, target: 'none' },
  'central-kms.unfit': { guard, target: 'none' },
  'central-kms.misplaced': { guard, target: 'none' },
});

/** The same of the sidecar. */
export const spoiledBySidecar = <Guard extends string>(guard: Guard) => ({
  'sidecar.malformed': [{ guard, target: 'none' }, brokenOff('none')],
  'sidecar.unknown': { guard, target: 'none' },
  'sidecar.unfit': { guard, target: 'none' },
  'sidecar.misplaced': { guard, target: 'none' },
});
