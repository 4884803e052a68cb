import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#src/base/clock.ts';
import { seededRandom } from '#src/base/random.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Trace } from '#src/contract/trace.ts';
import { followed } from '#src/judge/followed.ts';
import { judge } from '#src/judge/judge.ts';
import { cast } from '#src/play/host.ts';
import { perform, standing } from '#src/play/perform.ts';
import { Recorder } from '#src/play/recorder.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { overheard } from '#src/suite/overheard.ts';
import { connectTcp } from '#src/transport/tcp.ts';
import { installQosst } from './peers/install.ts';
import { startRealAlice, type RealAlice } from './peers/alice.ts';
import { deployed } from './deployed.ts';

const installed = await installQosst({ say: (line) => console.log(line) });
if (installed.kind === 'missing') console.log(`skipped: ${installed.why}`);

describe.skipIf(installed.kind === 'missing')('our Bob and real Alice', () => {
  let alice: RealAlice;

  beforeAll(async () => {
    if (installed.kind === 'ready') alice = await startRealAlice({ python: installed.python });
  });
  afterAll(() => alice?.[Symbol.asyncDispose]());

  it('play a whole session, from identification to the disconnection', async () => {
    const trace = await playBob(alice);
    const settings = settingsFor(qosst, { pinned: deployed });
    const messages = followed(qosst, trace, settings).map(({ perceived }) => perceived.message);
    expect(messages.slice(0, 2)).toEqual(['identificationRequest', 'identificationResponse']);
    for (const answer of [
      'polarisationRecoveryAck',
      'polarisationRecoveryEnded',
      'parameterChanged',
      'initializationAccepted',
      'qieReady',
      'qieEmissionStarted',
      'qieEnded',
      'peSymbolsResponse',
      'peNphotonResponse',
      'peApproved',
    ]) {
      expect(messages).toContain(answer);
    }
    const all = frames(trace).join(' ');
    expect(all).toContain('DISCONNECTION (222) DISCONNECTION_ACK (223)');
  });

  it('are judged: real Alice has no error correction', async () => {
    const trace = await playBob(alice);
    const verdict = judge(qosst, trace, deployed);
    expect(verdict.verdict).toBe('fail');
    expect(verdict.violation?.requirement.id).toBe('qosst/correctionAnswered');
    expect(verdict.violation?.actual).toContain('UNEXPECTED_COMMAND (11)');
  });
});

/** Reference Bob against an address, recorded with Alice as the peer. */
async function playBob(address: { host: string; port: number }): Promise<Trace> {
  const settings = settingsFor(qosst, { pinned: deployed });
  const record = qosst.sides['bob'];
  if (record === undefined) throw new Error('no reference Bob');
  const recorder = new Recorder(
    { protocol: 'qosst', dialect: 'qosst/0.2', peer: 'alice', options: {}, seed: 1 },
    systemClock,
  );
  const role = cast({
    protocol: qosst,
    record,
    side: 'bob',
    settings,
    random: seededRandom(1),
    idleMs: 20_000,
  });
  await using link = await connectTcp(address, 5000);
  recorder.record({ kind: 'opened' });
  await perform(role, overheard(link, recorder), standing(role));
  return recorder.trace();
}

/** Every frame of a trace, as people call it, whatever the model says of it. */
function frames(trace: Trace): readonly string[] {
  const settings = settingsFor(qosst, { pinned: deployed });
  const readers = { sent: qosst.reader(settings), received: qosst.reader(settings) };
  return trace.events.flatMap((event) =>
    event.kind === 'sent' || event.kind === 'received'
      ? readers[event.kind]
          .push(event.bytes)
          .map((frame) => qosst.describe(frame).split(',')[0] ?? '')
      : [],
  );
}
