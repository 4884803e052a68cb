import type { Client } from 'mock-socket';
import type { Random } from '#src/base/random.ts';
import { perform, type Role, type Standing } from '#src/play/perform.ts';
import type { Recorder } from '#src/play/recorder.ts';
import type { Roll } from '#src/play/roll.ts';
import { SocketReader, type SocketFrame } from '#src/protocols/central-kms/index.ts';
import { overheard } from '#src/suite/overheard.ts';
import type { Link } from '#src/transport/link.ts';
import { memoryPair } from '#src/transport/memory.ts';
import { writeClose } from '#src/wire/websocket/close-payload.ts';
import { writeFrame } from '#src/wire/websocket/frame-writer.ts';
import type { OpcodeName } from '#src/wire/websocket/frame.ts';
import { bytesOf, type Sent } from './bytes.ts';

/** What the KMS performs with, on one connection. */
export interface Stage {
  readonly role: Role;
  readonly at: Standing;
  readonly roll: Roll;
  readonly recorder: Recorder;
  /** The bytes of the upgrade that this client would have sent. */
  readonly upgrade: Uint8Array;
  /** For the masks of frames. */
  readonly random: Random;
  readonly onFault: (fault: unknown) => void;
}

/** Longest wait for the next bytes of the KMS; then it is waited again, ms. */
const patienceMs = 60_000;
/** @see RFC 6455, section 7.4.1 */
const codes = { protocolError: 1002, noCode: 1005, abnormal: 1006, noUtf8: 1007 } as const;

/**
 * Whole messages of a mock WebSocket on one side, the bytes of a reference KMS on the other: what
 * the platform's WebSocket would do by itself (upgrade, frames, masks, pongs, close frames) is done
 * here.
 */
export class Bridge {
  readonly #socket: Client;
  readonly #stage: Stage;
  readonly #link: Link;
  readonly #over: Promise<void>;
  /** Messages in their order: a Blob takes its time. */
  #sending: Promise<void> = Promise.resolve();
  /** The client has said its close frame. */
  #hasLeft = false;
  /** The client knows that its socket is closed. */
  #isClosed = false;

  constructor(socket: Client, stage: Stage) {
    const { role, at, roll, recorder, upgrade, onFault } = stage;
    const [near, far] = memoryPair();
    this.#socket = socket;
    this.#stage = stage;
    this.#link = near;
    recorder.record({ kind: 'opened' });
    const link = roll.enter(at, overheard(far, recorder));
    const performed = perform(role, link, at).catch(onFault);
    this.#over = performed.finally(() => link[Symbol.asyncDispose]());
    socket.on('message', (message) => this.#say(message));
    socket.on('close', (...told: readonly unknown[]) => this.#clientClosed(told[0]));
    near.write(upgrade);
    void this.#listen();
  }

  /** Ends with the session. */
  get over(): Promise<void> {
    return this.#over;
  }

  /** Breaks the connection off. */
  async close(): Promise<void> {
    this.#closeClient(codes.abnormal);
    this.#link.end();
    await this.#over;
  }

  #say(sent: Sent): void {
    const kind = typeof sent === 'string' ? 'text' : 'binary';
    this.#sending = this.#sending.then(async () => this.#write(kind, await bytesOf(sent)));
  }

  #write(kind: OpcodeName, payload: Uint8Array): void {
    if (this.#hasLeft) return;
    if (kind === 'close') this.#hasLeft = true;
    const mask = this.#stage.random.bytes(4);
    this.#link.write(writeFrame({ kind, payload, mask }));
  }

  /** The client closed its socket: with a close frame, or without having been open. */
  #clientClosed(told: unknown): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const code = member(told, 'code');
    const reason = member(told, 'reason');
    this.#sending = this.#sending.then(() => {
      if (code === codes.abnormal) return this.#link.end();
      const isNone = typeof code !== 'number' || code === codes.noCode;
      this.#write('close', writeClose(isNone ? null : code, isNone ? '' : String(reason ?? '')));
    });
  }

  async #listen(): Promise<void> {
    const reader = new SocketReader();
    for (;;) {
      const arrival = await this.#link.read(patienceMs);
      if (arrival.kind === 'closed') break;
      if (arrival.kind !== 'bytes') continue;
      for (const frame of reader.push(arrival.bytes)) this.#hear(frame);
    }
    this.#link.end();
    this.#closeClient(codes.abnormal);
  }

  #hear(frame: SocketFrame): void {
    if (this.#isClosed) return;
    if (frame.carrier === 'http') {
      const isUpgraded = frame.message.kind === 'response' && frame.message.code === 101;
      return isUpgraded && frame.problems.length === 0 ? undefined : this.#fail();
    }
    const { message, problems } = frame;
    const [problem] = problems;
    if (problem !== undefined) {
      return this.#fail(problem.code === 'utf8' ? codes.noUtf8 : codes.protocolError);
    }
    switch (message.kind) {
      case 'text':
        return this.#socket.send(message.text ?? '');
      case 'binary':
        return this.#socket.send(Uint8Array.from(message.payload).buffer);
      case 'ping':
        return this.#write('pong', message.payload);
      case 'close':
        return this.#kmsClosed(message.code, Buffer.from(message.payload.subarray(2)).toString());
      default:
        return;
    }
  }

  /** The KMS said its close frame; the platform answers with one of the same code. */
  #kmsClosed(code: number | null, reason: string): void {
    this.#write('close', writeClose(code));
    this.#closeClient(code ?? codes.noCode, reason);
  }

  /** What a platform's WebSocket does where it cannot go on. @see RFC 6455, section 7.1.7 */
  #fail(code: number | null = null): void {
    if (code === null) this.#link.end();
    else this.#write('close', writeClose(code));
    this.#closeClient(codes.abnormal);
  }

  #closeClient(code: number, reason = ''): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#socket.close({ code, reason, wasClean: code !== codes.abnormal });
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
