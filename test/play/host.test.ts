import { describe, expect, it } from 'vitest';
import type { MessageName } from '#models/qosst/index.ts';
import { seededRandom } from '#src/base/random.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { SideRecord } from '#src/contract/side.ts';
import { host, type Casting } from '#src/play/host.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import type { Link, Listener } from '#src/transport/link.ts';
import { connectTcp } from '#src/transport/tcp.ts';

const settings = settingsFor(qosst);
const loopback = { host: '127.0.0.1', port: 0 } as const;

function aliceOf(change: Partial<SideRecord> = {}, idleMs = 5000): Casting {
  const record = qosst.sides['alice'];
  if (record === undefined) throw new Error('no Alice');
  const random = seededRandom(1);
  return {
    protocol: qosst,
    record: { ...record, ...change },
    side: 'alice',
    settings,
    random,
    idleMs,
  };
}

/** Says the first message of a session as Bob, whatever the state; hears the answer's name. */
async function ask(link: Link, message: MessageName): Promise<string | null> {
  const chart = chartOf(qosst.model.session);
  const position = chart.initial(qosst.sessionInput(settings));
  const making = { position, settings, random: seededRandom(2) };
  link.write(qosst.compose({ message }, 'bob', making).bytes);
  const arrival = await link.read(2000);
  if (arrival.kind !== 'bytes') return arrival.kind;
  const [frame] = qosst.reader(settings).push(arrival.bytes);
  return frame === undefined ? null : qosst.perceive(frame, 'alice', position, settings).message;
}

/** The answer on a connection of its own; `refused` where it is reset, be it while it is made. */
async function greeted(at: Listener): Promise<string | null> {
  try {
    await using link = await connectTcp(at, 1000);
    const answer = await ask(link, 'identificationRequest');
    return answer === 'closed' ? 'refused' : answer;
  } catch {
    return 'refused';
  }
}

async function withHost(
  casting: Casting,
  use: (at: Listener) => Promise<void>,
): Promise<unknown[]> {
  const faults: unknown[] = [];
  await using listener = await host(casting, loopback, (fault) => faults.push(fault));
  await use(listener);
  return faults;
}

describe('a hosted side', () => {
  it('answers by its table', async () => {
    const faults = await withHost(aliceOf(), async (at) => {
      await using link = await connectTcp(at, 1000);
      expect(await ask(link, 'identificationRequest')).toBe('identificationResponse');
    });
    expect(faults).toEqual([]);
  });

  it('forgets a session with its connection', async () => {
    await withHost(aliceOf(), async (at) => {
      await using first = await connectTcp(at, 1000);
      await ask(first, 'identificationRequest');
      first.end();
      await using second = await connectTcp(at, 1000);
      expect(await ask(second, 'initializationRequest')).not.toBe('initializationAccepted');
      await using third = await connectTcp(at, 1000);
      expect(await ask(third, 'identificationRequest')).toBe('identificationResponse');
    });
  });

  it('holds several sessions at a time, each of its own', async () => {
    await withHost(aliceOf(), async (at) => {
      await using first = await connectTcp(at, 1000);
      await using second = await connectTcp(at, 1000);
      expect(await ask(first, 'identificationRequest')).toBe('identificationResponse');
      expect(await ask(second, 'qieTrigger')).not.toBe('qieEmissionStarted');
      expect(await ask(second, 'identificationRequest')).toBe('identificationResponse');
    });
  });

  it('refuses more than 256 connections, and takes one again when another ends', async () => {
    await withHost(aliceOf(), async (at) => {
      const links: Link[] = [];
      for (let count = 0; count < 256; count += 1) links.push(await connectTcp(at, 1000));
      const [first] = links;
      if (first === undefined) throw new Error('no connection');
      expect(await greeted(at)).toBe('refused');
      expect(await ask(first, 'identificationRequest')).toBe('identificationResponse');
      first.reset();
      await expect.poll(() => greeted(at)).toBe('identificationResponse');
      await Promise.all(links.map((link) => link[Symbol.asyncDispose]()));
    });
  });

  it('ends a connection on which nothing arrives for too long', async () => {
    await withHost(aliceOf({}, 100), async (at) => {
      await using link = await connectTcp(at, 1000);
      expect(await link.read(2000)).toEqual({ kind: 'closed', how: 'end' });
    });
  });

  it('ends only that connection on which a fault of ours happens, and tells it', async () => {
    const broken = {
      'identification.answering': () => {
        throw new Error('a fault of ours');
      },
    };
    const faults = await withHost(aliceOf({ answers: broken }), async (at) => {
      await using link = await connectTcp(at, 1000);
      expect(await ask(link, 'identificationRequest')).toBe('closed');
      await using other = await connectTcp(at, 1000);
      expect(await ask(other, 'identificationRequest')).toBe('closed');
    });
    expect(faults).toEqual([new Error('a fault of ours'), new Error('a fault of ours')]);
  });

  it('survives every kind of ending', async () => {
    const faults = await withHost(aliceOf(), async (at) => {
      for (const how of ['end', 'reset'] as const) {
        await using link = await connectTcp(at, 1000);
        link.write(Uint8Array.of(0, 90, 0));
        link[how]();
      }
      await using link = await connectTcp(at, 1000);
      expect(await ask(link, 'identificationRequest')).toBe('identificationResponse');
    });
    expect(faults).toEqual([]);
  });
});
