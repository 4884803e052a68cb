import { describe, expect, it } from 'vitest';
import { systemClock } from '#src/base/clock.ts';
import { seededRandom } from '#src/base/random.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { SideRecord } from '#src/contract/side.ts';
import { perform, standing } from '#src/play/perform.ts';
import { Player } from '#src/play/player.ts';
import { Recorder } from '#src/play/recorder.ts';
import { etsi004 } from '#src/protocols/etsi-004/index.ts';
import { memoryPair } from '#src/transport/memory.ts';

const settings = settingsFor(etsi004);
const server = etsi004.model.server;
const client = etsi004.model.sides.find((side) => side !== server) ?? server;

function recordOf(side: string, change: Partial<SideRecord> = {}): SideRecord {
  const record = etsi004.sides[side];
  if (record === undefined) throw new TypeError(`no ${side}`);
  return { ...record, ...change };
}

function roleOf(side: string, record: SideRecord, idleMs = 300) {
  const chart = chartOf(etsi004.model.session);
  return {
    protocol: etsi004,
    chart,
    record,
    side,
    settings,
    random: seededRandom(6),
    idleMs,
  };
}

/** A client that is played, with a serving side that is performed. */
async function playing(protocol: Protocol, record = recordOf(server)) {
  const [ours, theirs] = memoryPair();
  const role = roleOf(server, record);
  void perform(role, theirs, standing(role));
  const about = { protocol: protocol.name, dialect: '', peer: server, options: {}, seed: 1 };
  const recorder = new Recorder(about, systemClock);
  const player = await Player.open({
    protocol,
    chart: role.chart,
    settings,
    peer: server,
    side: client,
    random: seededRandom(2),
    clock: systemClock,
    limits: { replyMs: 400, frames: 500 },
    recorder,
    link: async () => ours,
  });
  return player;
}

async function heardMessages(player: Player, count: number): Promise<readonly string[]> {
  const heard: string[] = [];
  while (heard.length < count) {
    const one = await player.hear();
    if (one.kind !== 'frame') break;
    heard.push(one.perceived.message ?? '');
  }
  return heard;
}

describe('a side that acts by itself after a while', () => {
  it('is asked again when the while is over, and when something came before', async () => {
    await using player = await playing(etsi004);
    await player.walk('oneB.pushing');
    const beganMs = systemClock.nowMs();
    const heard = await heardMessages(player, 10);
    expect(heard).toEqual(Array.from({ length: 10 }, () => 'keyMaterial'));
    expect(systemClock.nowMs() - beganMs).toBeGreaterThan(40);
    expect((await player.say('close'))?.kind).toBe('frame');
  });

  it('says nothing where it is never asked again', async () => {
    const answers = { ...recordOf(server).answers, 'oneA.pushing': () => [] };
    await using player = await playing(etsi004, recordOf(server, { answers }));
    await player.walk('oneB.pushing');
    expect(await heardMessages(player, 2)).toEqual([]);
  });
});

describe('a player whose side owes something', () => {
  it('answers it by itself where a case does not', async () => {
    await using player = await playing(etsi004);
    await player.walk('oneB.pushing');
    expect(await heardMessages(player, 6)).toHaveLength(6);
  });

  it('leaves it to the case first', async () => {
    await using player = await playing(etsi004);
    await player.walk('oneB.pushing');
    await player.hear();
    expect(player.states.some((state) => state.endsWith('acknowledging'))).toBe(true);
    player.send('keyRefused');
    expect(player.states.some((state) => state.endsWith('acknowledging'))).toBe(false);
  });

  it('does not where its side has no reflexes', async () => {
    const silent = recordOf(client, { reflexes: [] });
    const sides = { ...etsi004.sides, [client]: silent };
    await using player = await playing({ ...etsi004, sides });
    await player.walk('oneB.pushing');
    /** One key at each end, and no further one before that is answered. */
    expect((await heardMessages(player, 6)).length).toBeLessThan(3);
  });
});
