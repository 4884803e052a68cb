import Type, { type TSchema } from 'typebox';
import type { MessageRow } from '#models/language/index.ts';

/** A message of QOSST/0.2: its code besides what every message has. */
export interface QosstMessage extends MessageRow {
  readonly code: number;
}

const Text = Type.String();
const Uuid = Type.String({
  pattern: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
});
const Real = Type.Number();
const Reals = Type.Array(Real);
const Bits = Type.Array(Type.Integer({ minimum: 0, maximum: 1 }));
/** Members beyond those named are legal everywhere: the document forbids none. */
const members = (properties: Record<string, TSchema>) => Type.Object(properties);
const maybe = (schema: TSchema) => Type.Optional(schema);

const uuid = '9f0b6ea4-9e8c-11ed-8b23-0028f86a9730';
const deny = members({ deny_message: Text });
const failure = members({ error_message: maybe(Text) });
const frameName = members({ frame_uuid: Uuid });
const reason = 'The reason, in free words.';

const saidBy =
  <const Sides extends readonly string[]>(...sides: Sides) =>
  (code: number, wireName: string, content: TSchema | null = null, example: unknown = null) => ({
    saidBy: sides,
    code,
    wireName,
    content,
    example,
  });
const alice = saidBy('alice');
const bob = saidBy('bob');
const both = saidBy('alice', 'bob');

/**
 * The 59 codes of QOSST/0.2. Code 17 and the other refusals are Alice's; ABORT is the one
 * message that both sides say.
 * @see QOSST control protocol, List of codes
 */
// prettier-ignore
export const messages = {
  // Other messages, 10-49
  unknownCommand:        alice(10,  'UNKOWN_COMMAND',          members({ code: Type.Unknown() }), { code: 1000 }),
  unexpectedCommand:     alice(11,  'UNEXPECTED_COMMAND',      members({ code: Type.Integer(), error_message: maybe(Text) }), { code: 200 }),
  invalidContent:        alice(12,  'INVALID_CONTENT',         members({ code: maybe(Type.Integer()), error_message: maybe(Text) }), { code: 200 }),
  invalidResponse:       bob(13,    'INVALID_RESPONSE',        members({ error_message: maybe(Text) }), { error_message: reason }),
  invalidResponseAck:    alice(14,  'INVALID_RESPONSE_ACK'),
  abort:     { exceptional: true, ...both(15, 'ABORT',         members({ abort_message: maybe(Text) }), { abort_message: reason }) },
  abortAck:              alice(16,  'ABORT_ACK'),
  authenticationInvalid: alice(17,  'AUTHENTICATION_INVALID'),
  // Parameter change, 50-69
  changeParameterRequest: bob(50,   'CHANGE_PARAMETER_REQUEST', members({ parameter: Text, value: Type.Unknown() }), { parameter: 'frame.quantum.roll_off', value: 0.3 }),
  parameterChanged:      alice(51,  'PARAMETER_CHANGED',       members({ parameter: Text, old_value: Type.Unknown(), new_value: Type.Unknown() }), { parameter: 'frame.quantum.roll_off', old_value: 0.5, new_value: 0.3 }),
  parameterUnknown:      alice(52,  'PARAMETER_UNKOWN',        members({ parameter: Text }), { parameter: 'frame.quantum.roll_olf' }),
  parameterInvalidValue: alice(53,  'PARAMETER_INVALID_VALUE', members({ parameter: Text, old_value: Type.Unknown(), error_message: maybe(Text) }), { parameter: 'frame.quantum.roll_off', old_value: 0.5 }),
  parameterUnchanged:    alice(54,  'PARAMETER_UNCHANGED',     members({ parameter: Text, old_value: Type.Unknown(), error_message: maybe(Text) }), { parameter: 'frame.quantum.roll_off', old_value: 0.5 }),
  // Polarisation recovery, 70-79
  requestPolarisationRecovery: bob(70, 'REQUEST_POLARISATION_RECOVERY'),
  polarisationRecoveryAck:   alice(71, 'POLARISATION_RECOVERY_ACK'),
  endPolarisationRecovery:     bob(72, 'END_POLARISATION_RECOVERY'),
  polarisationRecoveryEnded: alice(73, 'POLARISATION_RECOVERY_ENDED'),
  // Authentication and identification, 100-119
  identificationRequest: bob(100,   'IDENTIFICATION_REQUEST',  members({ serial_number: Text, qosst_version: Text }), { serial_number: 'QOSST/0002', qosst_version: 'QOSST/0.2' }),
  identificationResponse: alice(101, 'IDENTIFICATION_RESPONSE', members({ serial_number: Text }), { serial_number: 'QOSST/0001' }),
  invalidQosstVersion:   alice(102, 'INVALID_QOSST_VERSION',   members({ qosst_version: Text }), { qosst_version: 'QOSST/0.2' }),
  // Initialization, 120-139
  initializationRequest: bob(120,   'INITIALIZATION_REQUEST',  frameName, { frame_uuid: uuid }),
  initializationAccepted: alice(121, 'INITIALIZATION_ACCEPTED'),
  initializationDenied:  alice(122, 'INITIALIZATION_DENIED',   deny, { deny_message: reason }),
  initializationProposal: alice(123, 'INITIALIZATION_PROPOSAL', deny, { deny_message: reason }),
  initializationRequestConfig: bob(124, 'INITIALIZATION_REQUEST_CONFIG'),
  initializationConfig:  alice(125, 'INITIALIZATION_CONFIG',   members({ config: Type.Union([Type.Object({}), Text]) }), { config: { 'frame.quantum.roll_off': 0.5 } }),
  // Quantum information exchange, 140-159
  qieRequest:            bob(140,   'QIE_REQUEST',             members({ frame_uuid: maybe(Uuid) }), { frame_uuid: uuid }),
  qieReady:              alice(141, 'QIE_READY'),
  qieTrigger:            bob(142,   'QIE_TRIGGER'),
  qieEmissionStarted:    alice(143, 'QIE_EMISSION_STARTED'),
  qieAcquisitionEnded:   bob(144,   'QIE_ACQUISITION_ENDED'),
  qieEnded:              alice(145, 'QIE_ENDED'),
  // Parameters estimation, 160-179
  peSymbolsRequest:      bob(160,   'PE_SYMBOLS_REQUEST',      members({ indices: Type.Array(Type.Integer()) }), { indices: [1, 57, 17, 90, 3] }),
  peSymbolsResponse:     alice(161, 'PE_SYMBOLS_RESPONSE',     members({ symbols_real: Reals, symbols_imag: Reals }), { symbols_real: [1, 1, 1, -1, -1], symbols_imag: [1, -1, 1, 1, -1] }),
  peSymbolsError:        alice(162, 'PE_SYMBOLS_ERROR',        members({ error_message: maybe(Text) }), { error_message: reason }),
  peNphotonRequest:      bob(163,   'PE_NPHOTON_REQUEST'),
  peNphotonResponse:     alice(164, 'PE_NPHOTON_RESPONSE',     members({ n_photon: Real }), { n_photon: 1.54 }),
  peFinished:            bob(165,   'PE_FINISHED',             members({ n_photon: Real, transmittance: Real, excess_noise: Real, electronic_noise: Real, eta: Real, key_rate: Real }), { n_photon: 1.54, transmittance: 0.5, excess_noise: 0.1, electronic_noise: 0.05, eta: 0.8, key_rate: 200 }),
  peApproved:            alice(166, 'PE_APPROVED'),
  peDenied:              alice(167, 'PE_DENIED',               members({ deny_message: maybe(Text) }), { deny_message: 'Key rate is null.' }),
  // Error correction, 180-199
  ecInitialization:      bob(180,   'EC_INITIALIZATION',       members({ matrix: Type.Array(Bits), noise: Real }), { matrix: [[1, 1], [1, 1]], noise: 0.1 }),
  ecReady:               alice(181, 'EC_READY'),
  ecDenied:              alice(182, 'EC_DENIED',               failure, { error_message: 'Matrix is not valid.' }),
  ecBlock:               bob(183,   'EC_BLOCK',                members({ syndrome: Reals }), { syndrome: [1.87, 5.67] }),
  ecBlockAck:            alice(184, 'EC_BLOCK_ACK'),
  ecBlockError:          alice(185, 'EC_BLOCK_ERROR',          failure, { error_message: 'Wrong syndrome length.' }),
  ecRemaining:           bob(186,   'EC_REMAINING',            members({}), { some_parameter: 1 }),
  ecRemainingAck:        alice(187, 'EC_REMAINING_ACK'),
  ecRemainingError:      alice(188, 'EC_REMAINING_ERROR',      failure, { error_message: 'Wrong parameter.' }),
  ecVerification:        bob(189,   'EC_VERIFICATION',         members({ hash: Type.Union([Type.Integer(), Text]) }), { hash: 385789897481570657n }),
  ecVerificationSuccess: alice(190, 'EC_VERIFICATION_SUCCESS'),
  ecVerificationFail:    alice(191, 'EC_VERIFICATION_FAIL',    failure, { error_message: 'Keys are not equal.' }),
  // Privacy amplification, 200-219
  paRequest:             bob(200,   'PA_REQUEST',              members({ seed: Bits, secret_key_length: Type.Integer({ minimum: 0 }), subblock_length: Type.Integer({ minimum: 0 }), feedback_polynomial: Bits }), { seed: [1, 0, 1, 1, 0], secret_key_length: 2000, subblock_length: 5, feedback_polynomial: [1, 1, 1, 0, 0] }),
  paSuccess:             alice(201, 'PA_SUCCESS'),
  paError:               alice(202, 'PA_ERROR',                failure, { error_message: 'Invalid value for the feedback polynomial.' }),
  // End of frame and of communication, 220-229
  frameEnded:            bob(220,   'FRAME_ENDED',             frameName, { frame_uuid: uuid }),
  frameEndedAck:         alice(221, 'FRAME_ENDED_ACK',         frameName, { frame_uuid: uuid }),
  disconnection:         bob(222,   'DISCONNECTION'),
  disconnectionAck:      alice(223, 'DISCONNECTION_ACK'),
} as const satisfies Readonly<Record<string, QosstMessage>>;

export type MessageName = keyof typeof messages;

/** The messages that one side may say. */
export type SaidBy<Side extends 'alice' | 'bob'> = {
  [Name in MessageName]: Side extends (typeof messages)[Name]['saidBy'][number] ? Name : never;
}[MessageName];
