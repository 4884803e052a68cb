import { expect, it } from 'vitest';
import { seededRandom } from '#src/base/random.ts';
import { settingsFor } from '#src/contract/choose.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { answers, bob } from '#src/protocols/qosst/reference/bob.ts';

const settings = settingsFor(qosst);
const random = seededRandom(1);

/** What Bob says when Alice has told him the mean photon number. */
async function toldOf(photonNumber: unknown): Promise<string> {
  const fresh = bob.memory(random, settings);
  const memory = {
    ...fresh,
    done: { ...fresh.done, asked: fresh.indices.length },
    revealed: { real: [1, -1], imag: [1, 1] },
  };
  const payload = { content: { n_photon: photonNumber } };
  const heard = { message: 'peNphotonResponse', payload, flaws: [] };
  const position = { context: {}, heard, memory, random, settings, nowMs: 0 };
  const deed = await answers['parameterEstimation.estimating'](position);
  return deed.do === 'say' ? deed.utterance.message : deed.do;
}

it('goes on with a photon number, and aborts where nothing can be estimated from it', async () => {
  expect(await toldOf(1.5)).toBe('peFinished');
  expect(await toldOf(10n ** 400n)).toBe('abort');
  expect(await toldOf(Number.NaN)).toBe('abort');
});
