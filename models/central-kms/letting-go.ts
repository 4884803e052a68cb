/**
 * Once a side leaves, or a frame is broken, no response is owed any more: what is under way is
 * passed over. For regions beside the connection, which says whether a side may leave.
 */
export const lettingGo = (rest: string) => ({
  'sidecar.closeFrame': { guard: 'sidecarMayLeave' as const, target: rest },
  'central-kms.closeFrame': { guard: 'kmsMayLeave' as const, target: rest },
  'central-kms.misplaced': leftAmiss(rest),
});

/** The same where the KMS leaves without a reason. */
export const leftAmiss = (rest: string) => ({ guard: 'kmsLeavesAmiss' as const, target: rest });

/** The same where a frame is broken. */
export const brokenOff = (rest: string) => ({ guard: 'breaksFrame' as const, target: rest });
