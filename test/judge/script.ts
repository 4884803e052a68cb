import type { Readings } from '#models/language/index.ts';
import type { MessageName } from '#models/qosst/index.ts';
import { seededRandom } from '#src/base/random.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import { alternatives } from '#src/chart/tracker.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Utterance } from '#src/contract/frame.ts';
import type { Position } from '#src/contract/position.ts';
import type { Ending, Trace, TraceEvent } from '#src/contract/trace.ts';
import type { QosstBend } from '#src/protocols/qosst/compose.ts';
import { qosst } from '#src/protocols/qosst/index.ts';

type Bend = Omit<Utterance<QosstBend>, 'message'>;

/** A trace written by hand: each frame is the canonical one of its message, but for what is bent. */
export class Script {
  readonly #peer: 'alice' | 'bob';
  readonly #settings;
  readonly #random = seededRandom(5);
  readonly #events: TraceEvent[] = [{ kind: 'opened', atMs: 0 }];
  #position: Position;

  constructor(peer: 'alice' | 'bob' = 'alice', pinned: Readings = {}) {
    this.#peer = peer;
    this.#settings = settingsFor(qosst, { pinned });
    this.#position = chartOf(qosst.model.session).initial(qosst.sessionInput(this.#settings));
  }

  bob(message: MessageName, bend: Bend = {}): this {
    return this.#say('bob', { message, ...bend });
  }

  alice(message: MessageName, bend: Bend = {}): this {
    return this.#say('alice', { message, ...bend });
  }

  /** Bytes that are no frame of a message. */
  bytes(by: 'alice' | 'bob', bytes: Uint8Array): this {
    return this.#event({ kind: by === this.#peer ? 'received' : 'sent', bytes });
  }

  silence(waitedMs = 1000): this {
    return this.#event({ kind: 'silence', waitedMs });
  }

  closed(by: 'peer' | 'player' = 'peer', how: Ending = 'end'): this {
    return this.#event({ kind: 'closed', by, how });
  }

  omitted(note = 'left out'): this {
    return this.#event({ kind: 'omitted', note });
  }

  /** Bob identifies himself, and Alice answers. */
  identified(): this {
    return this.bob('identificationRequest').alice('identificationResponse');
  }

  /** A frame is begun and its exchange is over. */
  exchanged(): this {
    return this.identified()
      .bob('initializationRequest')
      .alice('initializationAccepted')
      .bob('qieRequest')
      .alice('qieReady')
      .bob('qieTrigger')
      .alice('qieEmissionStarted')
      .bob('qieAcquisitionEnded')
      .alice('qieEnded');
  }

  trace(): Trace {
    return {
      protocol: qosst.name,
      dialect: this.#settings.dialect,
      peer: this.#peer,
      options: {},
      seed: 5,
      events: [...this.#events],
    };
  }

  #say(speaker: 'alice' | 'bob', utterance: Utterance<QosstBend>): this {
    const making = { position: this.#position, settings: this.#settings, random: this.#random };
    const { bytes } = qosst.compose(utterance, speaker, making);
    for (const frame of qosst.reader(this.#settings).push(bytes)) {
      const { session } = qosst.model;
      const perceived = qosst.perceive(frame, speaker, this.#position, this.#settings);
      const said = { position: this.#position, speaker, perceived };
      const [next] = alternatives(chartOf(session), qosst.model, said);
      this.#position = next ?? this.#position;
    }
    return this.bytes(speaker, bytes);
  }

  #event(event: TraceEventWithoutTime): this {
    this.#events.push({ ...event, atMs: this.#events.length });
    return this;
  }
}

type Untimed<One> = One extends TraceEvent ? Omit<One, 'atMs'> : never;
type TraceEventWithoutTime = Untimed<TraceEvent>;
