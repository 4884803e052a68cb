import Type, { type TSchema } from 'typebox';
import { messages, requirements, type MessageName } from '#models/qosst/index.ts';
import type { Readings, Requirement } from '#models/language/index.ts';
import { validator } from '#src/wire/schema.ts';

/** The requirement that a wrong content breaks; the others: `contentIsJson`. */
const contentRequirements: Partial<Readonly<Record<MessageName, Requirement>>> = {
  unknownCommand: requirements.unknownCommandReturnsCode,
  unexpectedCommand: requirements.unexpectedCommandReturnsCode,
  invalidContent: requirements.invalidContentReturnsCode,
  changeParameterRequest: requirements.parameterRequestContent,
  parameterChanged: requirements.parameterChangedContent,
  parameterUnknown: requirements.parameterUnknownContent,
  parameterInvalidValue: requirements.parameterInvalidContent,
  parameterUnchanged: requirements.parameterUnchangedContent,
  identificationRequest: requirements.identificationRequestContent,
  identificationResponse: requirements.identificationResponseContent,
  invalidQosstVersion: requirements.versionRefusedContent,
  initializationRequest: requirements.initializationRequestContent,
  initializationDenied: requirements.denialExplained,
  initializationProposal: requirements.denialExplained,
  initializationConfig: requirements.configurationContent,
  qieRequest: requirements.exchangeRequestNamesFrame,
  peSymbolsRequest: requirements.symbolsRequestContent,
  peSymbolsResponse: requirements.symbolsContent,
  peNphotonResponse: requirements.photonNumberContent,
  peFinished: requirements.estimatesContent,
  ecInitialization: requirements.correctionContent,
  ecBlock: requirements.correctionContent,
  ecVerification: requirements.correctionContent,
  paRequest: requirements.amplificationContent,
  frameEnded: requirements.frameEndNamesFrame,
  frameEndedAck: requirements.frameEndAckNamesFrame,
};

/** What a reading changes in a schema: members that may be missing, or be something else. */
interface Change {
  readonly ambiguity: string;
  readonly reading: string;
  readonly messages: readonly MessageName[];
  readonly optional?: readonly string[];
  readonly replaced?: Readonly<Record<string, TSchema>>;
}

const anything = Type.Unknown();
/** All spellings that readers of UUIDs take. */
const uuid = Type.String({ pattern: '^(urn:uuid:)?[{]?([0-9a-fA-F]-?){32}[}]?$' });

const changes: readonly Change[] = [
  {
    ambiguity: 'estimateMembers',
    reading: 'three',
    messages: ['peFinished'],
    optional: ['n_photon', 'electronic_noise', 'eta'],
  },
  {
    ambiguity: 'refusedChangeOldValue',
    reading: 'optional',
    messages: ['parameterInvalidValue', 'parameterUnchanged'],
    optional: ['old_value'],
  },
  {
    ambiguity: 'refusalContent',
    reading: 'optional',
    messages: ['unknownCommand', 'unexpectedCommand', 'invalidContent'],
    optional: ['code'],
  },
  {
    ambiguity: 'nonIntegerCodeEcho',
    reading: 'omitted',
    messages: ['unknownCommand'],
    optional: ['code'],
  },
  {
    ambiguity: 'serialNumberType',
    reading: 'any',
    messages: ['identificationRequest'],
    replaced: { serial_number: anything },
  },
  {
    ambiguity: 'uuidForm',
    reading: 'anySpelling',
    messages: ['initializationRequest'],
    replaced: { frame_uuid: uuid },
  },
  {
    ambiguity: 'reasonTypes',
    reading: 'any',
    messages: ['abort', 'invalidResponse'],
    replaced: { abort_message: anything, error_message: anything },
  },
  {
    ambiguity: 'verificationHash',
    reading: 'integer',
    messages: ['ecVerification'],
    replaced: { hash: Type.Integer() },
  },
  {
    ambiguity: 'correctionMembers',
    reading: 'lists',
    messages: ['ecInitialization', 'ecBlock'],
    replaced: { matrix: Type.Array(anything), syndrome: Type.Array(anything) },
  },
  {
    ambiguity: 'correctionMembers',
    reading: 'open',
    messages: ['ecInitialization', 'ecBlock'],
    optional: ['matrix', 'noise', 'syndrome'],
    replaced: { matrix: anything, noise: anything, syndrome: anything },
  },
  {
    ambiguity: 'amplificationMembers',
    reading: 'open',
    messages: ['paRequest'],
    optional: ['seed', 'secret_key_length', 'subblock_length', 'feedback_polynomial'],
    replaced: {
      seed: anything,
      secret_key_length: anything,
      subblock_length: anything,
      feedback_polynomial: anything,
    },
  },
];

/** Messages whose content has integers. */
const integerMessages: readonly MessageName[] = [
  'peSymbolsRequest',
  'ecInitialization',
  'ecVerification',
  'paRequest',
];

/** Messages into which each side may put what it wants. */
const openMessages: readonly MessageName[] = [
  'initializationRequest',
  'ecInitialization',
  'ecBlock',
  'ecRemaining',
  'paRequest',
];

/** What is wrong with a content, in one line, and the requirement it breaks; `null`: nothing. */
export function contentFlaw(
  message: MessageName,
  content: unknown,
  readings: Readings,
): { readonly requirement: Requirement; readonly detail: string } | null {
  const schema = messages[message].content;
  if (schema === null) {
    const reading = readings['contentWhereNone'];
    const isBorne = reading === 'objectsOnly' ? isObject(content) : reading !== 'refused';
    if (content === undefined || isBorne) return null;
    return { requirement: requirements.contentlessHasNone, detail: 'a content where none belongs' };
  }
  if (content !== undefined && !isObject(content) && readings['nonObjectContent'] === 'accepted') {
    return null;
  }
  const wantsIntegers =
    integerMessages.includes(message) && readings['integralFloats'] === 'refused';
  if (wantsIntegers && hasIntegralFloat(content)) {
    return unfit(message, 'content has an integer that is written as a float');
  }
  const isNothing =
    (content === null && readings['nullContent'] === 'none') ||
    (!isObject(content) && readings['nonObjectContent'] === 'passedOver');
  const meant = isNothing ? {} : content;
  const found = schemaUnder(message, schema, readings);
  const [problem] = validator(found)(meant === undefined ? {} : meant);
  if (problem !== undefined) {
    return unfit(message, `content ${problem.path || '/'} ${problem.message}`);
  }
  if (readings['unlistedMembers'] !== 'refused' || openMessages.includes(message)) return null;
  const unlisted = Object.keys(meant ?? {}).find((name) => !listed(schema, name));
  return unlisted === undefined ? null : unfit(message, 'content / has an unlisted member');
}

/** Numbers that are integers and that nobody writes as one: larger ones are big integers here. */
function hasIntegralFloat(content: unknown): boolean {
  if (typeof content === 'number') {
    return Object.is(content, -0) || Math.abs(content) > Number.MAX_SAFE_INTEGER;
  }
  return typeof content === 'object' && Object.values(content ?? {}).some(hasIntegralFloat);
}

function unfit(message: MessageName, detail: string) {
  return { requirement: contentRequirements[message] ?? requirements.contentIsJson, detail };
}

/** True where a content is valid under the assumed readings. */
export function fits(message: MessageName, content: unknown): boolean {
  const schema = messages[message].content;
  if (schema === null) return content === undefined || content === null;
  return validator(schema)(content ?? {}).length === 0;
}

const changed = new Map<string, TSchema>();

const changesOf = new Map<string, readonly Change[]>(
  Object.keys(messages).map((name) => [
    name,
    changes.filter((change) => change.messages.some((message) => message === name)),
  ]),
);

function schemaUnder(message: MessageName, schema: TSchema, readings: Readings): TSchema {
  const possible = changesOf.get(message) ?? [];
  if (possible.length === 0) return schema;
  const inForce = possible.filter(({ ambiguity, reading }) => readings[ambiguity] === reading);
  if (inForce.length === 0) return schema;
  const key = [message, ...inForce.map(({ ambiguity, reading }) => `${ambiguity}=${reading}`)].join(
    ' ',
  );
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

function listed(schema: TSchema, name: string): boolean {
  return Object.hasOwn(Object(Reflect.get(schema, 'properties')), name);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
