import type { Random } from '#src/base/random.ts';
import type { ManagedObject } from './object.ts';
import { usualHabits, type Habits } from './habits.ts';
import { emptyStore, type Store } from './store.ts';
import type { Stream } from './stream.ts';

/** A version of the protocol as messages name it. */
export interface ProtocolVersion {
  readonly major: number;
  readonly minor: number;
}

/** How a server is set up; nothing of it changes while it runs. */
export interface Settings {
  /** Preferred first. */
  readonly versions: readonly ProtocolVersion[];
  readonly habits: Habits;
  readonly vendorIdentification: string;
  /** Objects that it keeps, and streams that may be open, at most. */
  readonly objectLimit: number;
  readonly streamLimit: number;
  /** Bytes that one stream, or one RNG Retrieve, may be long. */
  readonly dataLimit: number;
  readonly leaseTimeSeconds: number;
}

/** All that a server remembers from one request to the next. */
export interface ServerState {
  readonly settings: Settings;
  readonly objects: Store<ManagedObject>;
  /** Cryptographic operations in several parts, by their Correlation Values in hex. */
  readonly streams: Store<Stream>;
}

/** What a server cannot know by itself. */
export interface Surroundings {
  /** Seconds since 1970. */
  readonly now: bigint;
  readonly random: Random;
  /**
   * What was found wrong with the request as it was written, and cannot be seen any more: the whole
   * of it, or one of its items, from 0.
   */
  readonly wrong?: 'message' | number;
}

/** 2.1 down to 1.0. */
export const allVersions: readonly ProtocolVersion[] = [
  { major: 2, minor: 1 },
  { major: 2, minor: 0 },
  { major: 1, minor: 4 },
  { major: 1, minor: 3 },
  { major: 1, minor: 2 },
  { major: 1, minor: 1 },
  { major: 1, minor: 0 },
];

/** Makes a server without any objects. */
export function newServer(settings: Partial<Settings> = {}): ServerState {
  return {
    settings: {
      versions: allVersions,
      habits: usualHabits,
      vendorIdentification: 'qkdspec',
      objectLimit: 100_000,
      streamLimit: 256,
      dataLimit: 1024 * 1024,
      leaseTimeSeconds: 3600,
      ...settings,
    },
    objects: emptyStore(),
    streams: emptyStore(),
  };
}
