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

/** Members that a reading makes optional. */
const optionalUnder: readonly {
  readonly ambiguity: string;
  readonly reading: string;
  readonly messages: readonly MessageName[];
  readonly members: readonly string[];
}[] = [
  {
    ambiguity: 'estimateMembers',
    reading: 'three',
    messages: ['peFinished'],
    members: ['n_photon', 'electronic_noise', 'eta'],
  },
  {
    ambiguity: 'refusedChangeOldValue',
    reading: 'optional',
    messages: ['parameterInvalidValue', 'parameterUnchanged'],
    members: ['old_value'],
  },
  {
    ambiguity: 'refusalContent',
    reading: 'optional',
    messages: ['unknownCommand', 'unexpectedCommand', 'invalidContent'],
    members: ['code'],
  },
];

/** What is wrong with a content, in one line, and the requirement it breaks; `null`: nothing. */
export function contentFlaw(
  message: MessageName,
  content: unknown,
  readings: Readings,
): { readonly requirement: Requirement; readonly detail: string } | null {
  const schema = messages[message].content;
  const requirement = contentRequirements[message] ?? requirements.contentIsJson;
  if (schema === null) {
    if (content === undefined || readings['contentWhereNone'] !== 'refused') return null;
    return { requirement: requirements.contentlessHasNone, detail: 'a content where none belongs' };
  }
  if (content !== undefined && !isObject(content) && readings['nonObjectContent'] === 'accepted') {
    return null;
  }
  const [problem] = validator(schemaUnder(message, schema, readings))(content ?? {});
  if (problem === undefined) return null;
  return { requirement, detail: `content ${problem.path || '/'} ${problem.message}` };
}

/** True where a content is valid under the assumed readings. */
export function fits(message: MessageName, content: unknown): boolean {
  const schema = messages[message].content;
  if (schema === null) return content === undefined || content === null;
  return validator(schema)(content ?? {}).length === 0;
}

const relaxed = new Map<string, TSchema>();

function schemaUnder(message: MessageName, schema: TSchema, readings: Readings): TSchema {
  const rule = optionalUnder.find(
    (row) => row.messages.includes(message) && readings[row.ambiguity] === row.reading,
  );
  if (rule === undefined) return schema;
  const known = relaxed.get(message);
  if (known !== undefined) return known;
  const required: unknown = Reflect.get(schema, 'required');
  const kept = Array.isArray(required)
    ? required.filter((name) => !rule.members.includes(name))
    : [];
  const loose = Type.Unsafe({ ...schema, required: kept });
  relaxed.set(message, loose);
  return loose;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
