import { conversation } from '../conversation.ts';
import { lettingGo } from '../letting-go.ts';
import { requirements } from '../requirements.ts';

const covers = [requirements.pingAnswered, requirements.pongEchoes];
const pinged = { guard: 'pings' as const, target: 'pinged' };
const unasked = { guard: 'pongsUnasked' as const };
const pongs = [
  { guard: 'pongsLast' as const, target: 'calm' },
  { guard: 'pongs' as const },
  unasked,
];

/**
 * The KMS pings; the sidecar owes a pong with the same bytes.
 * @see RFC 6455, Ping; Pong
 */
export const kmsPings = conversation.createStateConfig({
  initial: 'calm',
  on: lettingGo('.calm'),
  states: {
    calm: { on: { 'central-kms.ping': pinged, 'sidecar.pong': unasked } },
    pinged: {
      tags: ['owes:sidecar'],
      meta: { covers },
      on: { 'central-kms.ping': pinged, 'sidecar.pong': pongs },
    },
  },
});

/** The sidecar pings; the KMS owes the pong. */
export const sidecarPings = conversation.createStateConfig({
  initial: 'calm',
  on: lettingGo('.calm'),
  states: {
    calm: { on: { 'sidecar.ping': pinged, 'central-kms.pong': unasked } },
    pinged: {
      tags: ['owes:central-kms'],
      meta: { covers },
      on: { 'sidecar.ping': pinged, 'central-kms.pong': pongs },
    },
  },
});
