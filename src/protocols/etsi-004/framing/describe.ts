import { member } from '#models/etsi-004/index.ts';
import { keyDigest } from '../keys.ts';
import { services } from './layouts.ts';
import { isServiceEnding, type ServiceFrame } from './reader.ts';

const names = { openConnect: 'OPEN_CONNECT', getKey: 'GET_KEY', close: 'CLOSE' } as const;

/** One line for people: what is said, and on which connection; of keys only length and digest. */
export function describeService(frame: ServiceFrame): string {
  const { end, connection, ended, service } = frame;
  const where = `[${end} ${connection}]`;
  if (isServiceEnding(frame)) return `${where} ${ended === 'reset' ? 'reset' : 'end'}`;
  const wrong = service.problems.map(({ code }) => code);
  const doubts = wrong.length === 0 ? '' : ` (${wrong.join(', ')})`;
  return `${where} ${titleOf(service.service)}${doubts}${contentOf(service.content)}`;
}

function titleOf(code: number): string {
  const known = services[code];
  if (known === undefined) return code < 0 ? 'no frame' : `service ${code}`;
  if (known.call === null) return 'error';
  return `${names[known.call]} ${known.isAnswer ? 'response' : 'request'}`;
}

function contentOf(content: unknown): string {
  const parts = ['status', 'key_stream_id', 'index'].flatMap((name) => {
    const value = member(content, name);
    return value === undefined ? [] : `${name} ${String(value)}`;
  });
  const key = member(content, 'key_buffer');
  const isKey = typeof key === 'string' && key !== '';
  const shown = isKey ? [`key ${keyDigest(Buffer.from(key, 'base64'))}`] : [];
  return [...parts, ...shown].map((part) => `, ${part}`).join('');
}
