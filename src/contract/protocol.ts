import type { TSchema } from 'typebox';
import type { Model, Readings, Requirement } from '#models/language/index.ts';
import type { HostPort } from '#src/base/place.ts';
import type { Random } from '#src/base/random.ts';
import type { Baseline } from './baseline.ts';
import type { BundleLayout, Found } from './bundle.ts';
import type { Case, JudgedFrame } from './case.ts';
import type { FrameTree } from './exhibit.ts';
import type { Perceived, Reader, Utterance } from './frame.ts';
import type { Position } from './position.ts';
import type { Fuzzing } from './fuzz.ts';
import type { Rewriting } from './rewriting.ts';
import type { Scheme } from './schemes.ts';
import type { Scripting } from './scripting.ts';
import type { Settings } from './settings.ts';
import type { Mutant, SideRecord } from './side.ts';

/** What the machine remembers, and the source of chance, while a message is made. */
export interface Making {
  readonly position: Position;
  readonly settings: Settings;
  readonly random: Random;
}

/** A finished frame, with what the machine's event carries when it is taken as it was meant. */
export interface Composed {
  readonly bytes: Uint8Array;
  readonly payload: Readonly<Record<string, unknown>>;
  /** True where a receiver may see something else: the bytes must be read to know. */
  readonly bent: boolean;
  /** True where the dialect has no form for what was to be said: these bytes say something else. */
  readonly lossy?: boolean;
}

/** Something about a protocol that its readers should know, whoever speaks it: no rule is broken. */
export interface Remark {
  readonly requirement: Requirement;
  /** The state from which on it holds of a session. */
  readonly from: string;
  /** True where TLS takes it away. */
  readonly inClear?: true;
}

/** A property of whole traces that a machine cannot hold. */
export interface Audit {
  readonly requirement: Requirement;
  /** The first frame of the peer's that breaks it under these readings, with what is wrong. */
  check(
    frames: readonly JudgedFrame[],
    peer: string,
    readings: Readings,
  ): { at: number; detail: string } | null;
}

/** Versions of TLS that are spoken. */
export type OldestTls = 'TLSv1.2' | 'TLSv1.3';

/** Where a peer is to connect to. */
export interface PeerPlace {
  readonly place: HostPort;
  /** True over TLS. */
  readonly secure: boolean;
  readonly dialect: string;
  readonly options: Settings['options'];
}

/**
 * One room: a protocol as the machinery knows it. Methods, not function members, so that a
 * room may name its own types of frame and bend.
 */
export interface Protocol<Frame = unknown, Bend extends object = object> {
  readonly name: string;
  readonly model: Model;
  /** URL scheme of a target over TCP, and its usual port. */
  readonly scheme: string;
  /** True where it runs over TLS too: its scheme is then the same with an `s`. */
  readonly secure?: true;
  /**
   * All URL schemes of its targets, where they are others: they tell TLS from TCP, and dialects
   * from each other.
   */
  readonly schemes?: Readonly<Record<string, Scheme>>;
  /** The oldest version of TLS that its peers may speak; TLS 1.3 without it. */
  readonly oldestTls?: OldestTls;
  readonly defaultPort: number;
  /**
   * An address as software that speaks the protocol writes it, with the path that it is to ask for;
   * without it as a target is written here.
   */
  peerUrl?(at: PeerPlace): string;
  /** Dialect name to what it is. */
  readonly dialects: Readonly<Record<string, string>>;
  readonly defaultDialect: string;
  /** JSON Schema of `Settings.options`. */
  readonly options: TSchema;
  /** The machine's input. */
  sessionInput(settings: Settings): unknown;
  reader(settings: Settings): Reader<Frame>;
  perceive(frame: Frame, speaker: string, position: Position, settings: Settings): Perceived;
  compose(utterance: Utterance<Bend>, speaker: string, making: Making): Composed;
  /** Valid contents of a message, the canonical one first; more where guards tell them apart. */
  contents(message: string, making: Making): readonly unknown[];
  /** The context behind frames that a recording left out: what they decided is unknown. */
  afterOmission(context: unknown): unknown;
  /** One line for people: what the frame says. Key material only as length and digest. */
  describe(frame: Frame): string;
  /** What the frame means, member by member; key material only as length and digest. */
  tree?(frame: Frame): FrameTree;
  /**
   * The key material in the frame, each as it lies on the wire; what does not lie there as one run
   * of bytes hides the whole frame, and so does `null`: nobody knows what it holds. Without it a
   * room has no frames with key material.
   */
  secrets?(frame: Frame): readonly Uint8Array[] | null;
  /**
   * Messages that change what a target is or keeps beyond the session that says them, and why: in
   * safe mode they are said with consent only.
   */
  readonly destructive?: Readonly<Record<string, string>>;
  /** All messages that a frame says, where it may be several; without it the one that it is. */
  says?(perceived: Perceived): readonly string[];
  /**
   * Which destructive messages a frame of ours does: none where it is about what its own session
   * made. Without it those that it says.
   */
  destroys?(perceived: Perceived, context: unknown): readonly string[];
  /** How many keys a frame takes from whoever makes them, or has made: of either side. */
  keysOf?(perceived: Perceived): number;
  /**
   * What a client asks to learn what a server can do, by playing side: it takes and changes nothing.
   */
  readonly inquiries?: Readonly<Record<string, readonly string[]>>;
  /** What the frame of a server declares that it can do: name to value, for people. */
  declares?(perceived: Perceived): Readonly<Record<string, string>>;
  /** The moment that a frame tells as its speaker's present, ms since 1970; `null`: none. */
  momentOf?(frame: Frame): number | null;
  /** What its sides are called in the sentences of features: who can be told of there. */
  readonly spoken?: Readonly<Record<string, string>>;
  /** For scripts that play a trace again without us. */
  readonly scripting?: Scripting;
  /** What a session was about, for people: name to value. No key material. */
  ledger(frames: readonly JudgedFrame[]): Readonly<Record<string, string | number>>;
  /**
   * Looks at what a server says, piece by piece: true where that was all it will say on this
   * connection, by its own words, and the session goes on over another one.
   */
  leaving?(settings: Settings): ((bytes: Uint8Array) => boolean) | null;
  /** Where a session lies that runs over many connections; without it over a single one. */
  bundle?(settings: Settings): BundleLayout;
  /** The options for a target, where it is known how it is reached: what they say already stays. */
  settled?(options: Settings['options'], found: Found): Settings['options'];
  /** Readings that such options bring with them, where none is pinned. */
  implies?(options: Settings['options']): Readings;
  /** Options of a whole session between both reference sides that is shown, unless said. */
  staged?(seed: number): Settings['options'];
  /** Phases that are out of reach under such options: what the room says of `Profile.absent`. */
  absent?(settings: Settings): readonly string[];
  /**
   * Which of several sessions at one server, by their positions, a client's frame belongs to;
   * `null`: to a new one. Where connections do not tell sessions apart.
   */
  sessionOf?(frame: Frame, positions: readonly Position[], settings: Settings): number | null;
  /**
   * True where the side that owes an answer was asked to wait longer than that, by what the machine
   * remembers: its silence says nothing.
   */
  mayWait?(context: unknown, waitedMs: number): boolean;
  /**
   * What a client says in the end, however a session ended, so that nothing of it is left with a
   * server that outlives it, by all that it has heard.
   */
  leaves?(position: Position, heard: readonly Perceived[]): readonly Utterance<Bend>[];
  /**
   * What a client says to prove that the server still lives, and to leave: by playing side. What
   * is not legal when its turn comes is left out.
   */
  readonly farewell: Readonly<Record<string, readonly string[]>>;
  /** What it says behind a case instead, which has shown that the server lives. */
  readonly parting?: Readonly<Record<string, readonly string[]>>;
  /** What a campaign bends besides bytes, contents and order. */
  readonly fuzzing: Fuzzing<Bend>;
  /** How what others say is changed on its way; without it only as bytes. */
  readonly rewriting?: Rewriting<Frame>;
  /** What the codec is measured against. */
  readonly baseline?: Baseline<Frame>;
  readonly audits: readonly Audit[];
  /** What reports tell of the protocol itself. */
  readonly remarks?: readonly Remark[];
  readonly sides: Readonly<Record<string, SideRecord>>;
  readonly cases: readonly Case[];
  readonly mutants: readonly Mutant[];
  /** Published test cases in files of others, as cases. */
  readonly vectors?: Vectors<Bend>;
}

/** How a room makes cases of the files that a standard publishes its test cases in. */
export interface Vectors<Bend extends object = object> {
  /** How the names of such files end, without the dot. */
  readonly extension: string;
  /** A case for each file. `nowSeconds`: since 1970, where files speak of the present. */
  cases(files: readonly VectorFile[], nowSeconds: bigint): readonly Case<Bend>[];
}

/** A file of test cases. */
export interface VectorFile {
  readonly name: string;
  readonly text: string;
}
