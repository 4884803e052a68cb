import type { Bend, QkdWorld } from './world.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** What can be wrong with a frame of QOSST, in words: «a frame that …». */
export const faults: Readonly<Record<string, (world: QkdWorld) => Bend>> = {
  'has a digest that does not fit': () => ({
    frame: { digest: (honest: Uint8Array) => honest.map((byte) => byte ^ 1) },
  }),
  'has a digest that is one byte short': () => ({
    frame: { digest: (honest: Uint8Array) => honest.slice(0, -1) },
  }),
  'has no digest': () => ({ frame: { digest: () => new Uint8Array(0) } }),
  'echoes a challenge that is no longer awaited': (world) => ({
    frame: { challenge: formerChallenge(world) },
  }),
  'echoes a challenge that nobody issued': () => ({ frame: { challenge: 'NobodyIssuedIt1' } }),
  'echoes no challenge': () => ({ frame: { challenge: '' } }),
  'has a header that is not JSON': () => ({ frame: { header: (text: string) => `${text}}` } }),
  'has no code': () => ({ frame: { omit: ['code'] } }),
  'has no next challenge': () => ({ frame: { omit: ['next_challenge'] } }),
  'has the unknown code 1000': () => ({ frame: { code: 1000 } }),
  'has a content that is not JSON': () => ({ frame: { content: bytes('{"frame_uuid": ') } }),
};

/** The challenge before the one that the side under test issued last. */
function formerChallenge({ frames, peer }: QkdWorld): string {
  const issued = frames.filter(({ by }) => by === 'peer').map(({ perceived }) => perceived);
  const former = issued.at(-2)?.payload['nextChallenge'];
  if (typeof former === 'string') return former;
  throw new Error(`${peer} has issued one challenge only: none is out of date yet`);
}
