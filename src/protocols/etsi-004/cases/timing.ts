import { member, requirements } from '#models/etsi-004/index.ts';
import type { Case, Expectation } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { deliveriesIn } from '../deliveries.ts';
import { chunkSize } from '../qos.ts';
import { qosIn, violated } from './expect.ts';
import { serveWith, streamId } from './streams.ts';
import { table } from './table.ts';

/** How long the rate of a stream is watched, ms. */
const watchedMs = 2500;
/** A stream that pushes half of what it should, in the mean, is too slow, whatever the machine. */
const half = 0.5;

/** From the first key on, at least half of the keys that min_bps demands. */
const notTooSlow: Expectation = {
  text: 'keys at min_bps',
  check(frames) {
    const keys = deliveriesIn(frames).filter(({ end }) => end === 'a');
    const [first] = keys;
    const least = member(qosIn(frames), 'min_bps');
    const bytes = chunkSize(qosIn(frames));
    const close = frames.find(({ perceived }) => perceived.message === 'close');
    if (first === undefined || typeof least !== 'number' || bytes === null) return null;
    const ms = (close ?? frames.at(-1) ?? first).atMs - first.atMs;
    const wanted = Math.floor((half * least * ms) / 1000 / (8 * bytes));
    if (keys.length >= wanted) return null;
    return violated({
      kind: 'silence',
      requirement: requirements.minRateKept,
      text: `at least ${wanted} keys`,
      actual: `${keys.length} in ${Math.round(ms)} ms`,
      at: frames.at(-1)?.at ?? 0,
    });
  },
};

/** Rates and times to live. */
export const timing: readonly Case<Etsi004Bend>[] = table(
  'timing',
  { against: 'qkd-device', tags: ['slow'] },
  {
    'max-rate': {
      title: 'The device pushes no faster than max_bps',
      covers: [requirements.maxRateKept],
      play: async (kms) => {
        await serveWith(kms, { key_chunk_size: 32, max_bps: 2560, min_bps: 256 });
        await kms.listen(watchedMs);
      },
    },
    'max-rate-of-small-keys': {
      title: 'The device pushes small keys no faster than max_bps',
      covers: [requirements.maxRateKept],
      play: async (kms) => {
        await serveWith(kms, { key_chunk_size: 8, max_bps: 640, min_bps: 64 });
        await kms.listen(watchedMs);
      },
    },
    'min-rate': {
      title: 'The device pushes no slower than min_bps',
      covers: [requirements.minRateKept],
      play: async (kms) => {
        await serveWith(kms, { key_chunk_size: 32, max_bps: 12_800, min_bps: 6400 });
        await kms.listen(watchedMs);
      },
      expect: notTooSlow,
    },
    ...Object.fromEntries(
      (['getKey', 'close'] as const).map((call) => [
        `ttl-then-${call === 'getKey' ? 'get-key' : 'close'}`,
        {
          title: `After the ttl of a stream the device answers ${call === 'getKey' ? 'get-key' : 'close'}`,
          covers: [
            requirements.noPushAfterTtl,
            call === 'getKey' ? requirements.getKeyAnswered : requirements.closeAnswered,
          ],
          play: async (kms) => {
            await serveWith(kms, { ttl: 1 });
            await kms.listen(1300);
            const content = { key_stream_id: streamId(kms) };
            await kms.say(call, { content, frame: { end: 'a' } });
            await kms.listen(200);
          },
        } satisfies Parameters<typeof table>[2][string],
      ]),
    ),
  },
);
