import { etsi004Model, type MessageName } from '#models/etsi-004/index.ts';
import { seededRandom } from '#src/base/random.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import { alternatives } from '#src/chart/tracker.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Perceived, Utterance } from '#src/contract/frame.ts';
import type { Position } from '#src/contract/position.ts';
import type { Composed } from '#src/contract/protocol.ts';
import type { Etsi004Bend } from '#src/protocols/etsi-004/codec.ts';
import { etsi004, type Etsi004Frame } from '#src/protocols/etsi-004/index.ts';

type Bend = Omit<Utterance<Etsi004Bend>, 'message'>;

/** Two sides that say what they are told to, as the room composes and perceives it. */
export class Talk {
  readonly settings;
  readonly #random = seededRandom(3);
  position: Position;

  constructor(
    options: Readonly<Record<string, unknown>> = {},
    chosen: { readonly dialect?: string; readonly pinned?: Readonly<Record<string, string>> } = {},
  ) {
    this.settings = settingsFor(etsi004, { options, ...chosen });
    this.position = chartOf(etsi004Model.session).initial(etsi004.sessionInput(this.settings));
  }

  /** What is composed now, without saying it. */
  compose(speaker: 'kms' | 'qkd-device', message: MessageName, bend: Bend = {}): Composed {
    const { position, settings } = this;
    return etsi004.compose({ message, ...bend }, speaker, {
      position,
      settings,
      random: this.#random,
    });
  }

  /** What its receiver sees of bytes. */
  perceive(speaker: 'kms' | 'qkd-device', bytes: Uint8Array): readonly Perceived[] {
    return framesOf(bytes, this.settings).map((frame) =>
      etsi004.perceive(frame, speaker, this.position, this.settings),
    );
  }

  /** Says something; the machine goes where its receiver takes it. */
  say(speaker: 'kms' | 'qkd-device', message: MessageName, bend: Bend = {}): Perceived {
    const [first] = this.sayAll(speaker, message, bend);
    if (first === undefined) throw new RangeError(`${message} is no frame`);
    return first;
  }

  /** The same where the bytes may be several frames. */
  sayAll(
    speaker: 'kms' | 'qkd-device',
    message: MessageName,
    bend: Bend = {},
  ): readonly Perceived[] {
    const { bytes } = this.compose(speaker, message, bend);
    const heard: Perceived[] = [];
    for (const frame of framesOf(bytes, this.settings)) {
      const perceived = etsi004.perceive(frame, speaker, this.position, this.settings);
      if (perceived.quiet === true) continue;
      const said = { position: this.position, speaker, perceived };
      const [step] = alternatives(chartOf(etsi004Model.session), etsi004Model, said);
      this.position = step ?? this.position;
      heard.push(perceived);
    }
    return heard;
  }

  /** A stream that is open at both ends and asked for at both. */
  pushing(): this {
    for (const _ of [0, 1]) {
      const [, id] = etsi004.contents('openConnect', {
        position: this.position,
        settings: this.settings,
        random: this.#random,
      });
      this.say('kms', 'openConnect', id === undefined ? {} : { content: id });
      this.say('qkd-device', 'opened');
    }
    for (const _ of [0, 1]) {
      this.say('kms', 'getKey');
      this.say('qkd-device', 'getKeyAccepted');
    }
    return this;
  }

  get states(): readonly string[] {
    return this.position.place.states.filter((state) => !/\.(?:idle|none)$|^memory$/.test(state));
  }
}

/** The frames in the bytes of one direction. */
export function framesOf(
  bytes: Uint8Array,
  settings = settingsFor(etsi004),
): readonly Etsi004Frame[] {
  return etsi004.reader(settings).push(bytes);
}
