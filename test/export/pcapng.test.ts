import { describe, expect, it } from 'vitest';
import { pcapng } from '#src/export/pcapng.ts';
import { Script } from '../judge/script.ts';
import { played, shown, type Shown } from '../exhibit/played.ts';
import { readPcapng, type Packet } from './read-pcapng.ts';

const startedAtMs = Date.parse('2026-11-22T03:00:00Z');
const unknownVersion = { content: { serial_number: 'QOSST/0002', qosst_version: 'QOSST/9.9' } };

function captured(about: Shown): ReturnType<typeof readPcapng> {
  return readPcapng(pcapng(about, { startedAtMs }));
}

/** What one end said, put together by its sequence numbers. */
function saidFrom(packets: readonly Packet[], place: string): Buffer {
  return Buffer.concat(packets.filter(({ from }) => from === place).map(({ payload }) => payload));
}

describe('a capture of a trace', () => {
  const about = shown(
    new Script()
      .bob('identificationRequest', unknownVersion)
      .alice('identificationResponse')
      .closed('player')
      .trace(),
  );
  const { packets, comments } = captured(about);

  it('begins with a handshake, and ends as the trace does', () => {
    expect(packets.map(({ flags }) => flags).join(' ')).toBe('S SA A PA A PA A FA A');
    expect(packets[0]).toMatchObject({ from: '192.0.2.1:49154', to: '192.0.2.2:8181' });
  });

  it('has right checksums, and numbers that follow one another', () => {
    expect(packets.every(({ isSound }) => isSound)).toBe(true);
    expect(followsUp(packets)).toBe(true);
  });

  it('holds each byte that was said, at its time', () => {
    const sent = about.trace.events.flatMap((event) =>
      event.kind === 'sent' ? [event.bytes] : [],
    );
    expect(saidFrom(packets, '192.0.2.1:49154').equals(Buffer.concat(sent))).toBe(true);
    const [first] = packets;
    expect(first === undefined ? 0 : Number(first.atUs / 1000n)).toBeGreaterThanOrEqual(
      startedAtMs,
    );
    const answer = packets.findLast(({ flags }) => flags === 'PA');
    expect(answer === undefined ? 0n : answer.atUs / 1000n).toBe(BigInt(startedAtMs) + 2n);
  });

  it('says what is wrong where it is wrong', () => {
    expect(comments.join('\n')).toContain('[qosst/versionRefused]');
    const told = packets.filter((packet) => packet.comments.length > 0);
    expect(told.flatMap((packet) => packet.comments).join('\n')).toContain(
      'expected INVALID_QOSST_VERSION (102); actual IDENTIFICATION_RESPONSE (101)',
    );
  });

  it('splits what no packet can hold', () => {
    const long = shown(
      new Script().bytes('bob', new Uint8Array(4000)).closed('peer', 'reset').trace(),
    );
    const all = captured(long).packets;
    expect(all.map(({ payload }) => payload.length).filter((length) => length > 0)).toEqual([
      1460, 1460, 1080,
    ]);
    expect(followsUp(all)).toBe(true);
    expect(all.at(-1)).toMatchObject({ flags: 'RA', from: '192.0.2.2:8181' });
  });

  it('shows a connection that was refused', () => {
    const none = shown(new Script().closed('peer', 'refused').trace());
    expect(captured(none).packets.map(({ flags }) => flags)).toEqual(['S', 'RA']);
  });

  it('has a connection for each of a bundle, on the port of HTTP', async () => {
    const pushed = await played('reference:etsi-004/qkd-device', async (player) => {
      await player.walk('oneB.pushing');
      await player.listen(50);
    });
    const all = captured(pushed).packets;
    const opened = all.filter(({ flags }) => flags === 'S');
    expect(opened.length).toBeGreaterThan(3);
    expect(opened.every(({ to }) => to.endsWith(':8080'))).toBe(true);
    expect(all.every(({ isSound }) => isSound)).toBe(true);
    for (const { from, to } of opened) {
      expect(
        followsUp(
          all.filter((one) => [one.from, one.to].sort().join() === [from, to].sort().join()),
        ),
      ).toBe(true);
    }
    expect(captured(pushed).comments.join('\n')).toMatch(
      /holds key material in clear, in \d+ frame/,
    );
  });
});

/** Each end counts on from what it has said, and acknowledges what was said to it. */
function followsUp(packets: readonly Packet[]): boolean {
  const next = new Map<string, number>();
  return packets.every(({ from, to, sequence, acknowledgement, flags, payload }) => {
    const isRight = sequence === (next.get(from) ?? sequence);
    const isHeard = !flags.includes('A') || acknowledgement === (next.get(to) ?? acknowledgement);
    next.set(from, sequence + payload.length + (/[SF]/.test(flags) ? 1 : 0));
    return isRight && isHeard;
  });
}
