import type { Reasons } from './failure.ts';

/** What the standard leaves open, or says in two ways: one named choice each. */
export interface Habits {
  /** Items that are not run after a failure: left out, or answered as cancelled. */
  readonly afterStop: 'omitted' | 'cancelled';
  /** Batch items without a Unique Batch Item ID where there are several. */
  readonly missingBatchItemId: 'accepted' | 'refused';
  /** Two items of one batch with one Unique Batch Item ID. */
  readonly repeatedBatchItemId: 'accepted' | 'refused';
  /** A Batch Error Continuation Option in a message of one item. */
  readonly loneContinuationOption: 'ignored' | 'refused';
  /** An ID Placeholder used where Batch Order Option is false. */
  readonly placeholderWithoutOrder: 'kept' | 'refused';
  /** The ID Placeholder after an item that failed (Continue). */
  readonly placeholderAfterFailure: 'kept' | 'emptied';
  /** The ID Placeholder after a Locate that found none or several. */
  readonly placeholderAfterLocate: 'emptied' | 'kept';
  /** Whether the order of a batch counts where its header does not say so. */
  readonly batchOrder: 'byVersion' | 'always';
  /** A message without items. */
  readonly emptyBatch: 'refused' | 'answered';
  /** The version in the header of an answer to a version that is not spoken. */
  readonly unsupportedVersion: 'echoed' | 'highest';
  /** Fields in another order than the standard's. */
  readonly fieldOrder: 'demanded' | 'free';
  /** Fields that the standard has not. */
  readonly unknownFields: 'refused' | 'ignored';
  /** Where the refusal to work asynchronously goes: each item, or the message. */
  readonly asynchronousRefused: 'items' | 'message';
  /** Client Correlation Value in the answer's header. */
  readonly clientCorrelation: 'echoed' | 'omitted';
  /** Server Correlation Value in the answer's header (1.4 and later). */
  readonly serverCorrelation: 'sent' | 'omitted';
  /** Locate: Located Items always, or not at all. */
  readonly locatedItems: 'sent' | 'omitted';
  /** Locate: youngest first (1.3 and later recommend it), or oldest first. */
  readonly locateOrder: 'youngestFirst' | 'oldestFirst';
  /** One Name for two objects. */
  readonly names: 'unique' | 'shared';
  /** Decrypt, Signature Verify and MAC Verify with a key that is no longer active. */
  readonly processInactive: 'refused' | 'allowed';
  /** Get of an object that is deactivated or compromised. */
  readonly readRevoked: 'allowed' | 'refused';
  /** Revoke of an object that it would not change: refused, or answered as done. */
  readonly revokeAgain: 'refused' | 'accepted';
  /** What Destroy leaves of an object. */
  readonly afterDestroy: 'attributes' | 'nothing';
  /** RNG Seed: none of the seed is used, a part of it, or all; or nobody may seed. */
  readonly seeding: 'ignored' | 'partly' | 'whole' | 'refused';
  /** Result Reasons other than the usual ones. */
  readonly reasons: Reasons;
}

/**
 * What the OASIS test cases show, where they show it; but no Server Correlation Value: clients in
 * use (PyKMIP, libkmip) cannot read a header with one.
 */
export const usualHabits: Habits = {
  afterStop: 'omitted',
  missingBatchItemId: 'accepted',
  repeatedBatchItemId: 'accepted',
  loneContinuationOption: 'ignored',
  placeholderWithoutOrder: 'kept',
  placeholderAfterFailure: 'kept',
  placeholderAfterLocate: 'emptied',
  batchOrder: 'byVersion',
  emptyBatch: 'refused',
  unsupportedVersion: 'echoed',
  fieldOrder: 'demanded',
  unknownFields: 'refused',
  asynchronousRefused: 'items',
  clientCorrelation: 'omitted',
  serverCorrelation: 'omitted',
  locatedItems: 'omitted',
  locateOrder: 'youngestFirst',
  names: 'unique',
  processInactive: 'refused',
  readRevoked: 'allowed',
  revokeAgain: 'refused',
  afterDestroy: 'attributes',
  seeding: 'ignored',
  reasons: {},
};
