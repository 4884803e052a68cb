import type { TSchema } from 'typebox';
import Type from 'typebox';
import { messages, requirements, type MessageName } from '#models/central-kms/index.ts';
import type { Readings, Requirement } from '#models/language/index.ts';
import { validator, type Problem } from '#src/wire/schema.ts';

/** The requirement that a wrong content breaks, where its member names none. */
const contentRequirements: Readonly<Record<MessageName, Requirement>> = {
  upgrade: requirements.upgradeRequest,
  upgraded: requirements.upgradeAnswered,
  upgradeRefused: requirements.badUpgradeRefused,
  register: requirements.registerContent,
  registered: requirements.registeredContent,
  challenge: requirements.challengeContent,
  challengeAccepted: requirements.challengeAcceptedContent,
  batch: requirements.batchContent,
  batchStored: requirements.batchIdEchoed,
  healthcheck: requirements.healthcheckContent,
  healthReport: requirements.healthReportContent,
  inquiry: requirements.inquiryContent,
  inquiryResult: requirements.foundContent,
  inquiryResponse: requirements.foundContent,
  kmsError: requirements.errorFormat,
  sidecarError: requirements.errorFormat,
  array: requirements.versionGiven,
  otherCall: requirements.methodGiven,
  pong: requirements.pongEchoes,
  ping: requirements.controlFrames,
  closeFrame: requirements.closeBody,
};

/** The requirement that a member of the wrong type breaks, by the path where it lies. */
const memberRequirements: readonly (readonly [RegExp, Requirement])[] = [
  [/^\/result\/batchKey$/, requirements.batchKeyForm],
  [/^\/result\/rowKey$/, requirements.rowKeyForm],
  [/^\/params\/(?:start|end)Time$/, requirements.inquiryTimes],
  [/^\/(?:result|params)\/(?:total|item)$/, requirements.countsAreIntegers],
  [/^\/(?:result|params)\/inquiry$/, requirements.inquiryIdEchoed],
  [/^\/id$/, requirements.idType],
];

/** What is wrong with a content, and the requirement it breaks. */
export interface ContentFlaw {
  readonly requirement: Requirement;
  readonly detail: string;
}

/** The first thing that is wrong with a JSON-RPC object as a message; `null`: nothing. */
export function contentFlaw(
  message: MessageName,
  content: unknown,
  readings: Readings,
): ContentFlaw | null {
  const schema = messages[message].content;
  const problems = validator(schemaUnder(message, schema, readings))(content);
  const problem = problems.find(({ path }) => path !== '') ?? problems[0];
  if (problem === undefined) return null;
  const detail = `content ${problem.path || '/'} ${problem.message}`;
  return { requirement: requirementFor(message, problem), detail };
}

function requirementFor(message: MessageName, { path }: Problem): Requirement {
  const named = memberRequirements.find(([where]) => where.test(path))?.[1];
  return named ?? contentRequirements[message];
}

const utc = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?[Zz]$',
});
const uuid = Type.String({
  pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
});
const shortUuid = Type.String({ pattern: '^[0-9a-fA-F]{1,16}(-[0-9a-fA-F]{1,16}){4}$' });
const anyText = Type.String();

/** What a reading changes in a schema: members of the object, or of its params. */
interface Change {
  readonly reading: readonly [ambiguity: string, reading: string];
  readonly message: MessageName;
  readonly members?: Readonly<Record<string, TSchema>>;
  readonly params?: Readonly<Record<string, TSchema>>;
  /** Members of the params that are needed besides. */
  readonly needed?: readonly string[];
}

const changes: readonly Change[] = [
  { reading: ['uuidForm', 'short'], message: 'register', params: { id: shortUuid } },
  { reading: ['uuidForm', 'short'], message: 'batch', params: { id: shortUuid } },
  {
    reading: ['hexSeparators', 'stripped'],
    message: 'challenge',
    params: { batchSignature: anyText, rowSignature: anyText },
  },
  {
    reading: ['serviceNameInChallenge', 'both'],
    message: 'challenge',
    params: { serviceName: anyText },
    needed: ['serviceName'],
  },
  {
    reading: ['inquiryTimes', 'utc'],
    message: 'inquiry',
    params: { startTime: utc, endTime: utc },
  },
  { reading: ['kmsIds', 'uuids'], message: 'inquiry', members: { id: uuid } },
];

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

function applied(schema: TSchema, { members = {}, params, needed = [] }: Change): TSchema {
  const inner: unknown = Reflect.get(Object(Reflect.get(schema, 'properties')), 'params');
  const bent =
    params === undefined ? {} : { params: withMembers(Object(inner), { members: params, needed }) };
  return withMembers(schema, { members: { ...members, ...bent }, needed: [] });
}

function withMembers(
  schema: object,
  { members, needed }: { members: Readonly<Record<string, TSchema>>; needed: readonly string[] },
): TSchema {
  const required: unknown = Reflect.get(schema, 'required');
  return Type.Unsafe({
    ...schema,
    required: [...(Array.isArray(required) ? required.map(String) : []), ...needed],
    properties: { ...Object(Reflect.get(schema, 'properties')), ...members },
  });
}
