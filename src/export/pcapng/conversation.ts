import { flags, maxSegmentBytes, type Endpoint, type Segment } from './packet.ts';

/** Which end does something: the one that opened the connection, or the other one. */
export type End = 'opener' | 'other';

interface Half {
  readonly endpoint: Endpoint;
  /** Of the next byte. */
  sequence: number;
  isOver: boolean;
}

/** The segments of one TCP connection, as both ends would have sent them on a quiet network. */
export class Conversation {
  readonly #opener: Half;
  readonly #other: Half;
  readonly #emit: (segment: Segment) => void;
  #isOpen = false;

  constructor(
    { opener, other }: { readonly opener: Endpoint; readonly other: Endpoint },
    emit: (segment: Segment) => void,
  ) {
    this.#opener = { endpoint: opener, sequence: firstSequence, isOver: false };
    this.#other = { endpoint: other, sequence: 2 * firstSequence, isOver: false };
    this.#emit = emit;
  }

  /** Nobody listens there. */
  refuse(): void {
    this.#say('opener', flags.syn);
    this.#opener.sequence += 1;
    this.#say('other', flags.rst | flags.ack);
  }

  say(end: End, bytes: Uint8Array): void {
    this.#open();
    for (let at = 0; at < bytes.length; at += maxSegmentBytes) {
      const payload = bytes.subarray(at, at + maxSegmentBytes);
      this.#say(end, flags.psh | flags.ack, payload);
      this.#half(end).sequence += payload.length;
      this.#acknowledge(end);
    }
  }

  end(end: End): void {
    this.#open();
    const half = this.#half(end);
    if (half.isOver) return;
    half.isOver = true;
    this.#say(end, flags.fin | flags.ack);
    half.sequence += 1;
    this.#acknowledge(end);
  }

  reset(end: End): void {
    this.#open();
    this.#say(end, flags.rst | flags.ack);
  }

  /** The handshake, once. */
  #open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#say('opener', flags.syn);
    this.#opener.sequence += 1;
    this.#say('other', flags.syn | flags.ack);
    this.#other.sequence += 1;
    this.#say('opener', flags.ack);
  }

  #acknowledge(end: End): void {
    this.#say(end === 'opener' ? 'other' : 'opener', flags.ack);
  }

  #say(end: End, kind: number, payload: Uint8Array = nothing): void {
    const from = this.#half(end);
    const to = end === 'opener' ? this.#other : this.#opener;
    const acknowledgement = (kind & flags.ack) === 0 ? 0 : to.sequence;
    const { sequence } = from;
    const ends = { from: from.endpoint, to: to.endpoint };
    this.#emit({ ...ends, sequence, acknowledgement, flags: kind, payload });
  }

  #half(end: End): Half {
    return end === 'opener' ? this.#opener : this.#other;
  }
}

const firstSequence = 1000;
const nothing = new Uint8Array(0);
