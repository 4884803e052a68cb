import type { TSchema } from 'typebox';
import Type from 'typebox';
import {
  member,
  messages,
  otherUuidForm,
  requirements,
  type MessageName,
} from '#models/etsi-004/index.ts';
import type { Readings, Requirement } from '#models/language/index.ts';
import type { Flaw } from '#src/contract/frame.ts';
import { validator } from '#src/wire/schema.ts';

/** The requirement that a wrong content breaks, where its member names none. */
const contentRequirements: Readonly<Record<MessageName, Requirement>> = {
  openConnect: requirements.openConnectContent,
  opened: requirements.openedContent,
  counterProposed: requirements.counterProposalContent,
  openRefused: requirements.errorNamesStatus,
  getKey: requirements.getKeyContent,
  getKeyAccepted: requirements.getKeyAcceptedContent,
  getKeyRefused: requirements.errorNamesStatus,
  keyMaterial: requirements.pushContent,
  keyAccepted: requirements.pushAnswered,
  keyRefused: requirements.codeTellsOutcome,
  close: requirements.closeContent,
  closeAccepted: requirements.closeAcceptedContent,
  closeRefused: requirements.errorNamesStatus,
  callRefused: requirements.errorNamesStatus,
  hungUp: requirements.oneAnswerACall,
};

/** The requirement that a member of the wrong type breaks, by the path where it lies. */
const memberRequirements: readonly (readonly [RegExp, Requirement])[] = [
  [/^\/key_stream_id$/, requirements.streamIdIsUuid],
  [/^\/qos\//, requirements.qosTypes],
  [/^\/source$/, requirements.sourceIsUri],
  [/^\/destination$/, requirements.destinationIsUri],
  [/^\/index$/, requirements.indexIsUint32],
  [/^\/key_buffer$/, requirements.keyIsBase64],
  [/^\/status$/, requirements.codeTellsOutcome],
];

/** What a reading changes in a schema: members that may be missing, or be something else. */
interface Change {
  readonly reading: readonly [ambiguity: string, reading: string];
  readonly message: MessageName;
  readonly optional?: readonly string[];
  readonly replaced?: Readonly<Record<string, TSchema>>;
}

const changes: readonly Change[] = [
  { reading: ['nullStreamId', 'absent'], message: 'openConnect', optional: ['key_stream_id'] },
  {
    reading: ['nullStreamId', 'empty'],
    message: 'openConnect',
    replaced: { key_stream_id: Type.Union([Type.String(), Type.Null()]) },
  },
  { reading: ['openedMembers', 'statusless'], message: 'opened', optional: ['status'] },
  {
    reading: ['openedMembers', 'schema'],
    message: 'opened',
    optional: ['key_stream_id', 'status'],
  },
  {
    reading: ['base64Form', 'urlSafe'],
    message: 'keyMaterial',
    replaced: { key_buffer: Type.String({ pattern: '^[A-Za-z0-9+/_-]*={0,2}$' }) },
  },
];

/** What is wrong with a content, in one line, and the requirement it breaks; `null`: nothing. */
export function contentFlaw(
  message: MessageName,
  content: unknown,
  readings: Readings,
): Omit<Flaw, 'kind'> | null {
  const row = messages[message];
  if (row.content === null) return null;
  if (content === undefined && 'body' in row) return null;
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    const got = content === undefined ? 'none' : 'something else';
    const detail = `expected a JSON object as content, got ${got}`;
    const isStatusMissing = content === undefined && 'exceptional' in row;
    const requirement = isStatusMissing ? contentRequirements[message] : requirements.bodyIsJson;
    return { requirement, detail };
  }
  const [problem] = validator(schemaUnder(message, row.content, readings))(content);
  if (problem === undefined) return null;
  const detail = `content ${problem.path || '/'} ${problem.message}`;
  const speakers: readonly string[] = row.saidBy;
  const named = memberRequirements.find(
    ([path, { binds }]) => path.test(problem.path) && (binds === 'any' || speakers.includes(binds)),
  )?.[1];
  const isStatus = member(content, 'status') === undefined;
  const isOfAnswer = named === requirements.codeTellsOutcome && isStatus;
  const requirement = (isOfAnswer ? null : named) ?? contentRequirements[message];
  const id = problem.path === '/key_stream_id' ? member(content, 'key_stream_id') : undefined;
  const isAlike =
    (typeof id === 'string' && otherUuidForm.test(id)) || meansNull(message, content, readings);
  return { requirement, detail, ...(isAlike ? { tolerable: true } : {}) };
}

/** "Given as "null"" may be taken at its word: whoever receives the text may read it as null. */
function meansNull(message: MessageName, content: object, readings: Readings): boolean {
  if (message !== 'openConnect') return false;
  const qos = member(content, 'qos');
  const isObject = typeof qos === 'object' && qos !== null && !Array.isArray(qos);
  const meant = { ...withoutTexts(content), ...(isObject ? { qos: withoutTexts(qos) } : {}) };
  return validator(schemaUnder(message, messages[message].content, readings))(meant).length === 0;
}

function withoutTexts(members: object): object {
  const entries = Object.entries(members).map(([name, value]) => [
    name,
    value === 'null' ? null : value,
  ]);
  return Object.fromEntries(entries);
}

/** True where a content is valid under the assumed readings. */
export function fits(message: MessageName, content: unknown): boolean {
  return contentFlaw(message, content, {}) === null;
}

const changed = new Map<string, TSchema>();

function schemaUnder(message: MessageName, schema: TSchema, readings: Readings): TSchema {
  const inForce = changes.filter(
    (change) => change.message === message && readings[change.reading[0]] === change.reading[1],
  );
  if (inForce.length === 0) return schema;
  const key = [message, ...inForce.map(({ reading }) => reading.join('='))].join(' ');
  const known = changed.get(key) ?? inForce.reduce(applied, schema);
  changed.set(key, known);
  return known;
}

function applied(schema: TSchema, { optional = [], replaced = {} }: Change): TSchema {
  const required: unknown = Reflect.get(schema, 'required');
  const properties: unknown = Reflect.get(schema, 'properties');
  const kept = Array.isArray(required) ? required.filter((name) => !optional.includes(name)) : [];
  return Type.Unsafe({
    ...schema,
    required: kept,
    properties: { ...Object(properties), ...replaced },
  });
}
