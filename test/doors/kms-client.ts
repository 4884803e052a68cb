import http from 'node:http';

/** What a device answered. */
export interface Answer {
  readonly code: number;
  readonly content: { readonly [name: string]: unknown };
}

/** One call, as a KMS makes it: the content as JSON, also of a GET. */
export function call(url: string, method: string, content: object): Promise<Answer> {
  const body = Buffer.from(JSON.stringify(content));
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  return new Promise((resolve, reject) => {
    const asked = http.request(url, { method, headers }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(pieces).toString();
        resolve({ code: answer.statusCode ?? 0, content: text === '' ? {} : JSON.parse(text) });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

const path = '/api/v1/kms/etsi004';
const qos = { key_chunk_size: 32, max_bps: 51_200, min_bps: 512, ttl: 600 };

/** A small KMS: one stream at one end, by the three calls of the interface. */
export class KmsClient {
  readonly #device: string;
  readonly #ends: { readonly source: string; readonly destination: string };
  streamId: string | null = null;

  constructor(device: string, ends: { readonly source: string; readonly destination: string }) {
    this.#device = device + path;
    this.#ends = ends;
  }

  async open(streamId: string | null, wanted: object = qos): Promise<Answer> {
    const asked = { ...this.#ends, key_stream_id: streamId, qos: wanted };
    const answer = await call(`${this.#device}/open-connect`, 'POST', asked);
    const { key_stream_id: id } = answer.content;
    if (answer.code === 201 && typeof id === 'string') this.streamId = id;
    return answer;
  }

  start(): Promise<Answer> {
    const asked = { key_stream_id: this.streamId, index: 0 };
    return call(`${this.#device}/get-key`, 'GET', asked);
  }

  close(): Promise<Answer> {
    return call(`${this.#device}/close`, 'PUT', { key_stream_id: this.streamId });
  }
}
