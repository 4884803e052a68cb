import { describe, expect, it } from 'vitest';
import { centralKms, type CentralKms } from 'qkdspec/mock-socket';
import { seededRandom } from '#src/base/random.ts';
import { settingsFor } from '#src/contract/choose.ts';
import { cast } from '#src/play/host.ts';
import { perform, standing } from '#src/play/perform.ts';
import { centralKms as room, SocketReader } from '#src/protocols/central-kms/index.ts';
import { memoryPair } from '#src/transport/memory.ts';
import { writeClose } from '#src/wire/websocket/close-payload.ts';
import { writeFrame } from '#src/wire/websocket/frame-writer.ts';
import { acceptOf } from '#src/wire/websocket/handshake.ts';

/** Our own sidecar, whose bytes go as messages over a mock WebSocket; ends with its session. */
async function runSidecar(kms: CentralKms, readings: Readonly<Record<string, string>>) {
  const settings = settingsFor(room, { options: { batches: 3, lingerMs: 200 }, pinned: readings });
  const record = room.sides['sidecar'];
  if (record === undefined) throw new TypeError('no sidecar');
  const random = seededRandom(7);
  const role = cast({ protocol: room, record, side: 'sidecar', settings, random, idleMs: 5000 });
  const [near, far] = memoryPair();
  const socket = new WebSocket(kms.url);
  const write = (kind: 'text' | 'close', payload: Uint8Array) =>
    near.write(writeFrame({ kind, payload, mask: null }));
  socket.addEventListener('message', ({ data }) => write('text', Buffer.from(String(data))));
  socket.addEventListener('close', ({ code }) => {
    write('close', writeClose(code));
    near.end();
  });
  await new Promise((open) => socket.addEventListener('open', open));
  const performed = perform(role, far, standing(role)).finally(() => far.end());
  const reader = new SocketReader();
  for (;;) {
    const arrival = await near.read(5000);
    if (arrival.kind !== 'bytes') break;
    for (const frame of reader.push(arrival.bytes)) {
      if (frame.carrier === 'http' && frame.message.kind === 'request') {
        const key = frame.message.headers.find(({ name }) => name === 'Sec-WebSocket-Key');
        near.write(upgraded(key?.value ?? ''));
      } else if (frame.carrier === 'webSocket') {
        const { kind, text, code } = frame.message;
        if (kind === 'close') socket.close(code ?? 1000);
        else socket.send(text ?? '');
      }
    }
  }
  await performed;
}

function upgraded(key: string): Uint8Array {
  const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
  return Buffer.from([...lines, `Sec-WebSocket-Accept: ${acceptOf(key)}`, '', ''].join('\r\n'));
}

const between = { from: '2018-01-01T00:00:00Z', to: '2018-01-02T00:00:00Z' };

describe('our sidecar', () => {
  it.each([
    ['documented', 'pass'],
    ['deployed', 'reading'],
    ['single', 'pass'],
  ])(
    'gives back what it saved, its signatures verify, inquiries as %s',
    async (inquiryVariant, wanted) => {
      const readings = { inquiryVariant };
      await using kms = centralKms({ readings, limitMs: 3000 });
      const sidecar = runSidecar(kms, readings);
      expect(await kms.healthcheck()).toMatchObject({ result: { uptime: 60 } });
      const found = await kms.inquire(between);
      expect(found.map(({ isVerified }) => isVerified)).toEqual(
        inquiryVariant === 'single' ? [true] : [true, true, true],
      );
      await sidecar;
      const { verdict, violation } = await kms.finish();
      expect(violation?.explanation).toBeUndefined();
      expect(verdict).toBe(wanted);
    },
  );

  it('refuses a healthcheck of a level that it does not know, where that is read so', async () => {
    const readings = { healthLevels: 'refused' };
    await using kms = centralKms({ readings, limitMs: 3000 });
    const sidecar = runSidecar(kms, readings);
    expect(await kms.healthcheck('full')).toMatchObject({ error: { code: -32602 } });
    expect(await kms.healthcheck('ping')).toMatchObject({ result: {} });
    await sidecar;
    expect((await kms.finish()).violation).toBeNull();
  });

  it('gives itself another id where its own is taken', async () => {
    await using kms = centralKms({ readings: { sidecarIdScope: 'forever' }, limitMs: 3000 });
    await runSidecar(kms, {});
    await runSidecar(kms, {});
    expect((await kms.finish()).verdict).toBe('pass');
    const said = kms.traces().map(({ events }) => Buffer.concat(events.flatMap(bytesSent)));
    expect(said.map((bytes) => bytes.includes('40001'))).toEqual([false, true]);
  });

  it.each([
    [undefined, true],
    ['kms-key-swapped', false],
    ['kms-sidecar-id-other', false],
    ['kms-row-key-cut', false],
  ])('proves itself to a KMS only where that is right: %s', async (mutant, isRight) => {
    await using kms = centralKms(mutant === undefined ? {} : { mutant });
    await runSidecar(kms, {});
    const said = Buffer.concat(kms.trace().events.flatMap(bytesSent));
    expect(said.includes('"status":"OK"')).toBe(isRight);
  });
});

function bytesSent(event: { readonly kind: string; readonly bytes?: Uint8Array }) {
  return event.kind === 'sent' && event.bytes !== undefined ? [event.bytes] : [];
}
