import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readPlace, writePlace, type HostPort } from '#src/base/place.ts';
import type { Random } from '#src/base/random.ts';
import type { AdminAnswer, AdminDeed } from '#src/contract/admin.ts';
import type { Roll } from '#src/play/roll.ts';
import { usage } from './usage.ts';

/** What is asked of the sessions of a serving side. */
export interface Administration {
  readonly deeds: readonly AdminDeed[];
  readonly roll: Roll;
  readonly random: Random;
}

/** Where requests to a serving side's admin interface are taken, until disposed. */
export interface AdminListener extends AsyncDisposable {
  readonly url: string;
}

/** Of one request's body. */
const mostBytes = 65_536;

/** Where `--admin` says to listen. @throws HarnessError `usage` for anything but host:port. */
export function adminPlace(text: string): HostPort {
  const place = readPlace(text);
  if (place === null) throw usage(`--admin: expected host:port, got '${text}'`);
  return place;
}

/** Takes what whoever runs a serving side asks of it, as JSON over HTTP. */
export async function administer(
  administration: Administration,
  { host, port }: HostPort,
): Promise<AdminListener> {
  const server = createServer((request, response) => {
    answered(administration, request).then(
      (answer) => say(response, answer),
      (fault: unknown) => say(response, { code: 500, content: { message: String(fault) } }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${writePlace({ host, port: boundPort(server.address(), port) })}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function boundPort(address: string | AddressInfo | null, port: number): number {
  return typeof address === 'object' && address !== null ? address.port : port;
}

function say(response: ServerResponse, { code, content }: AdminAnswer): void {
  const body = `${JSON.stringify(content, null, 2)}\n`;
  response.writeHead(code, { 'content-type': 'application/json' }).end(body);
}

async function answered(
  { deeds, roll, random }: Administration,
  request: IncomingMessage,
): Promise<AdminAnswer> {
  const { method = '', url = '/' } = request;
  const [path = '/'] = url.split('?');
  const text = await bodyOf(request);
  if (text === null) return refusal(413, `expected at most ${mostBytes} bytes`);
  const content = jsonOf(text);
  if (content === null) return refusal(400, 'expected a JSON object, or nothing');
  const others: string[] = [];
  for (const deed of deeds) {
    const [wanted = '', template = ''] = deed.path.split(' ');
    const names = namesIn(template, path);
    if (names !== null && wanted === method) {
      return deed.does({ names, content: content.value, sessions: roll.sessions, random });
    }
    if (names !== null) others.push(wanted);
  }
  if (others.length > 0) return refusal(405, `expected ${others.join(' or ')}`);
  return refusal(404, `expected one of: ${deeds.map((deed) => deed.path).join(', ')}`);
}

function refusal(code: number, message: string): AdminAnswer {
  return { code, content: { message } };
}

/** The names in braces and what stands for them; `null` where a path is another one. */
function namesIn(template: string, path: string): Readonly<Record<string, string>> | null {
  const [wanted, given] = [template.split('/'), path.split('/')];
  if (wanted.length !== given.length) return null;
  const names: Record<string, string> = {};
  for (const [at, segment] of wanted.entries()) {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    const found = given[at] ?? '';
    if (name === undefined && segment !== found) return null;
    if (name !== undefined) names[name] = found;
  }
  return names;
}

/** The text of a body; `null` where it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const pieces: Buffer[] = [];
  let sizeBytes = 0;
  for await (const piece of request) {
    const bytes = Buffer.from(piece);
    sizeBytes += bytes.length;
    if (sizeBytes > mostBytes) return null;
    pieces.push(bytes);
  }
  return Buffer.concat(pieces).toString();
}

/** The object of a body, or nothing; `null` where it is something else. */
function jsonOf(text: string): { readonly value: unknown } | null {
  if (text.trim() === '') return { value: undefined };
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { value } : null;
  } catch {
    return null;
  }
}
