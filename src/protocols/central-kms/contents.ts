import {
  instantOf,
  member,
  messages,
  param,
  type Call,
  type Conversation,
  type MessageName,
  type Side,
} from '#models/central-kms/index.ts';
import type { Readings } from '#models/language/index.ts';
import type { Random } from '#src/base/random.ts';
import type { Making } from '#src/contract/protocol.ts';
import { acceptOf } from '#src/wire/websocket/handshake.ts';
import { firstDay, signedBatch } from './bodies.ts';
import { batchesIn, conversationAt } from './context.ts';
import { signedText } from './proofs.ts';
import { refusalOf } from './refusals.ts';
import { answerId, success } from './say.ts';
import { subprotocolOf, textOption } from './settings.ts';
import { batchSignature, rowSignature, sidecarKeys } from './signatures.ts';

/** What contents are made from, besides what was said. */
type Means = Pick<Making, 'settings' | 'random'>;
type Contents = (conversation: Conversation, means: Means) => readonly unknown[];

/**
 * Valid contents where they depend on the session, the canonical one first; then one for each
 * branch that a guard of the model can take. All other messages have the document's example.
 */
const made: Partial<Readonly<Record<MessageName, Contents>>> = {
  upgrade: (_, { settings, random }) => {
    const protocol = subprotocolOf(settings);
    return [
      {
        path: textOption(settings, 'path'),
        host: textOption(settings, 'host'),
        key: Buffer.from(random.bytes(16)).toString('base64'),
        version: '13',
        ...(protocol === null ? {} : { protocols: [protocol] }),
      },
    ];
  },
  upgraded: ({ upgrade }, { settings }) => {
    const protocol = subprotocolOf(settings);
    const offered = member(upgrade, 'protocols');
    const isOffered = protocol !== null && Array.isArray(offered) && offered.includes(protocol);
    const accept = acceptOf(String(member(upgrade, 'key') ?? ''));
    return [{ accept, ...(isOffered ? { protocol } : {}) }];
  },
  upgradeRefused: () => [{ status: 400 }, { status: 426, versions: ['13'] }],
  register: (_, { settings, random }) => {
    const serviceName = textOption(settings, 'serviceName');
    const id = random.uuid();
    return [asked(random, 'register', { id, serviceName })];
  },
  registered: (conversation, { random }) =>
    orExample(
      'registered',
      waiting(conversation, 'sidecar', 'register').map((call) => {
        const keys = sidecarKeys(random.bytes(64));
        const id = param(call.content, 'id');
        return answerTo(call, conversation, { id, ...keys, challenge: random.uuid() });
      }),
    ),
  challenge: (conversation, { settings, random }) => {
    const { readings, grants } = conversation;
    const params = proofFor(grants.at(-1), readings) ?? messages.challenge.example.params;
    const isBoth = readings['serviceNameInChallenge'] === 'both';
    const named = isBoth ? { serviceName: textOption(settings, 'serviceName') } : {};
    return [asked(random, 'challenge', { ...params, ...named })];
  },
  challengeAccepted: (conversation) =>
    orExample(
      'challengeAccepted',
      waiting(conversation, 'sidecar', 'challenge').map((call) =>
        answerTo(call, conversation, { status: 'OK' }),
      ),
    ),
  batch: (conversation, { random }) => {
    const grant = conversation.grants.at(-1);
    const { example } = messages.batch;
    const of = (id: string) => {
      const signature = signedBatch(grant, id)?.signature ?? example.params.signature;
      return asked(random, 'batch', { id, signature });
    };
    const again = conversation.batches.recent[0];
    return [of(random.uuid()), ...(again === undefined ? [] : [of(again)])];
  },
  batchStored: (conversation) =>
    orExample(
      'batchStored',
      waiting(conversation, 'sidecar', 'batch').map((call) =>
        answerTo(call, conversation, { id: param(call.content, 'id') }),
      ),
    ),
  healthcheck: (_, { settings, random }) =>
    [textOption(settings, 'level'), 'full'].map((level) => ({
      jsonrpc: '2.0',
      id: random.uuid(),
      method: 'healthcheck',
      params: { level },
    })),
  healthReport: (conversation) =>
    orExample(
      'healthReport',
      waiting(conversation, 'central-kms', 'healthcheck').map((call) =>
        answerTo(call, conversation, report),
      ),
    ),
  inquiry: ({ readings }, { random }) => {
    const inquiry = random.uuid();
    const id = readings['inquiryId'] === 'separate' ? random.uuid() : inquiry;
    return spans.map((span) => ({
      jsonrpc: '2.0',
      id,
      method: 'inquiry',
      params: { inquiry, ...span },
    }));
  },
  inquiryResult: (conversation) =>
    orExample(
      'inquiryResult',
      waiting(conversation, 'central-kms', 'inquiry').flatMap((call) =>
        findings(conversation, call).map((found) => answerTo(call, conversation, found)),
      ),
    ),
  inquiryResponse: (conversation, { random }) =>
    orExample(
      'inquiryResponse',
      waiting(conversation, 'central-kms', 'inquiry').flatMap((call) =>
        findings(conversation, call).map((params) => ({
          jsonrpc: '2.0',
          id: random.uuid(),
          method: 'inquiry-response',
          params,
        })),
      ),
    ),
  kmsError: (conversation) => orExample('kmsError', refusals(conversation, 'sidecar')),
  sidecarError: (conversation) => orExample('sidecarError', refusals(conversation, 'central-kms')),
  ping: ({ pings }, { random }) => {
    const spent = Object.values(pings).flat();
    const payload = Buffer.from(random.bytes(4)).toString('hex');
    return [{ payload }, ...(spent.includes('') ? [] : [{ payload: '' }])];
  },
  pong: ({ pings }) => {
    const payloads = Object.values(pings).flatMap((waitingOnes) => waitingOnes.slice(-1));
    return [...payloads, ''].map((payload) => ({ payload }));
  },
  closeFrame: ({ failure }) => {
    const [code] = failure;
    const usual = { code: 1000, reason: '' };
    return code === undefined ? [usual] : [{ code, reason: '' }, usual];
  },
};

/** Times of which an inquiry is: all of them, then one day. */
const spans = [
  { startTime: '2000-01-01T00:00:00Z', endTime: '2099-12-31T23:59:59Z' },
  { startTime: '2018-01-01T00:00:00Z', endTime: '2018-01-02T00:00:00Z' },
] as const;

/** What our sidecar tells of its health. */
const report = { version: '1.0.0', current: 0, uptime: 60, eventCountLastHour: 0 };

/** Valid contents of a message at this point of the session, the canonical one first. */
export function contents(message: MessageName, making: Making): readonly unknown[] {
  return contentsIn(message, conversationAt(making.position), making);
}

/** The same where what was said is known. */
export function contentsIn(
  message: MessageName,
  conversation: Conversation,
  means: Means,
): readonly unknown[] {
  return made[message]?.(conversation, means) ?? [messages[message].example];
}

/** The params of a challenge with such keys; `null` where they are none. */
export function proofFor(
  grant: unknown,
  readings: Readings = {},
): { batchSignature: string; rowSignature: string } | null {
  const [batchKey, rowKey] = [member(grant, 'batchKey'), member(grant, 'rowKey')];
  const challenge = member(grant, 'challenge');
  if (![batchKey, rowKey, challenge].every((value) => typeof value === 'string')) return null;
  const text = (key: unknown) =>
    signedText({ challenge: String(challenge), key: String(key) }, readings['signedText']);
  const batch = batchSignature(String(batchKey), text(batchKey));
  const row = rowSignature(String(rowKey), text(rowKey));
  return batch === null || row === null ? null : { batchSignature: batch, rowSignature: row };
}

/** What a batch of an inquiry is told as; first the next one, then that there is none. */
function findings(conversation: Conversation, call: Call): readonly object[] {
  const { readings, grants } = conversation;
  const batches = isOfOurTime(call) ? batchesIn(conversation) : [];
  const inquiry = param(call.content, 'inquiry');
  const total =
    call.total ??
    (readings['inquiryVariant'] === 'single' ? Math.min(1, batches.length) : batches.length);
  const none = call.answers === 0 ? [{ inquiry, total: 0, item: 0 }] : [];
  const first = readings['itemBase'] === 'zero' ? 0 : 1;
  const places = Array.from({ length: total }, (_, index) => first + index);
  const item = places.find((place) => !call.items.includes(place));
  const batch = item === undefined ? undefined : batches[item - first];
  if (item === undefined || batch === undefined) return none;
  const body = signedBatch(grants.at(-1), batch)?.body ?? '[]';
  return [{ id: batch, body, inquiry, total, item }, ...none];
}

/** Our batches count as made at any time since there are sidecars: nobody here looks at a clock. */
function isOfOurTime({ content }: Call): boolean {
  const [from, to] = [instantOf(param(content, 'startTime')), instantOf(param(content, 'endTime'))];
  return from <= to && to >= instantOf(`${firstDay}T00:00:00Z`);
}

/** Errors for every call of a side that awaits a response. */
function refusals(conversation: Conversation, by: Side): readonly object[] {
  return conversation.calls
    .filter((call) => call.by === by)
    .map((call) => refusalOf(call, conversation));
}

function waiting({ calls }: Conversation, by: Side, method: string): readonly Call[] {
  return calls.filter((call) => call.by === by && call.method === method);
}

function answerTo(call: Call, conversation: Conversation, result: object): object {
  return success(answerId(call, conversation), result);
}

/** A call of the sidecar's with an id of its own: none that was answered comes again. */
function asked(random: Random, method: string, params: object): object {
  const id = `${method}-${Buffer.from(random.bytes(4)).toString('hex')}`;
  return { jsonrpc: '2.0', id, method, params };
}

function orExample(message: MessageName, list: readonly unknown[]): readonly unknown[] {
  return list.length > 0 ? list : [messages[message].example];
}
