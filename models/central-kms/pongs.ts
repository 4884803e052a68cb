import { reads } from './readings.ts';
import {
  maySpeak,
  otherSide,
  payloadOf,
  speakerOf,
  type Conversation,
  type Scene,
} from './talk.ts';

/**
 * Which ping a pong answers: its place among those that wait, or -1. A pong answers the newest ping
 * with its bytes, and all before it.
 * @see RFC 6455, Pong
 */
export function pingOf({ context, event }: Scene): number {
  return context.pings[otherSide(speakerOf(event))].lastIndexOf(payloadOf(event));
}

/** Whether a pong comes without a ping, and may: one ping has no second pong. */
export function isUnasked(scene: Scene): boolean {
  const { context, event } = scene;
  if (!maySpeak(context, speakerOf(event)) || pingOf(scene) >= 0) return false;
  const payload = payloadOf(event);
  const isEcho = payload !== '' && context.echoed[otherSide(speakerOf(event))].includes(payload);
  return !isEcho && reads(context, 'unsolicitedPongs', 'anytime');
}

/** Payloads of answered pings that are kept. */
const mostEchoed = 8;

/** What a pong leaves of the pings of the other side. */
export function pongAfter(scene: Scene): Partial<Conversation> {
  const { context } = scene;
  const pinger = otherSide(speakerOf(scene.event));
  const at = pingOf(scene);
  if (at < 0) return {};
  const settled = context.pings[pinger].slice(0, at + 1);
  /** Of two pings with the same bytes each may have its pong. */
  const isOne = settled.indexOf(payloadOf(scene.event)) === at;
  const done = isOne ? settled : settled.filter((one) => one !== payloadOf(scene.event));
  return {
    pings: { ...context.pings, [pinger]: context.pings[pinger].slice(at + 1) },
    echoed: {
      ...context.echoed,
      [pinger]: [...context.echoed[pinger], ...done].slice(-mostEchoed),
    },
  };
}
