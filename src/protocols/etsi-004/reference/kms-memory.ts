import { type End } from '#models/etsi-004/index.ts';
import type { Settings } from '#src/contract/settings.ts';
import { asked } from '../qos.ts';
import { endsOf, numberOf, qosOf } from '../settings.ts';
import { KeyStore } from './kms-store.ts';

/** What the KMSs of a link want of one session. */
export interface Wishes {
  /** Keys at each end after which a stream is closed. */
  readonly keys: number;
  readonly streams: number;
  readonly ends: readonly End[];
  readonly qos: object;
}

/** What the two KMSs of a link keep for one session. */
export interface KmsMemory {
  readonly wishes: Wishes;
  readonly store: KeyStore;
  /** The streams that were opened at the source, in their order. */
  readonly ids: string[];
  /** Streams of which success was told in a way that the device must not, but that is plain. */
  readonly trusted: Set<string>;
  /** How often each call was made, and from when it may be made again. */
  readonly tries: Map<string, { count: number; readonly fromMs: number }>;
  /** What the device proposed instead of what was asked for. */
  proposed: object | null;
  /** What a mutant counts. */
  readonly marks: Map<string, number>;
  /** When the last key came, or the last call was made. */
  movedMs: number;
}

/** Memory before the first call. */
export function newKmsMemory(settings: Settings): KmsMemory {
  return {
    wishes: {
      keys: numberOf(settings, 'keys', 3),
      streams: numberOf(settings, 'streams', 1),
      ends: endsOf(settings) === 1 ? ['a'] : ['a', 'b'],
      qos: { ...asked, ...qosOf(settings) },
    },
    store: new KeyStore(),
    ids: [],
    trusted: new Set(),
    tries: new Map(),
    proposed: null,
    marks: new Map(),
    movedMs: 0,
  };
}
