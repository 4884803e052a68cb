import type { Model } from '#models/language/index.ts';
import { ambiguities } from './ambiguities.ts';
import { messages } from './messages.ts';
import { requirements } from './requirements.ts';
import { session } from './session.ts';

/** The QOSST control protocol, version QOSST/0.2. */
export const qosstModel = {
  protocol: 'qosst',
  title: 'QOSST control protocol',
  documents: {
    'qosst-control-protocol': 'QOSST documentation, Control protocol (specification, QOSST/0.1)',
    'qosst-control-protocol-api':
      'QOSST documentation, qosst_core.control_protocol (API, QOSST/0.2)',
  },
  sides: ['alice', 'bob'],
  server: 'alice',
  turnTaking: true,
  messages,
  requirements,
  ambiguities,
  session,
  guards: {
    versionNamed: requirements.versionRefusedContent,
    codeReturnedUnidentified: requirements.unknownCommandAnswered,
    namesOtherFrame: requirements.unexpectedCommandAnswered,
    oneSymbolAnIndex: requirements.symbolsMatchIndices,
    frameEchoed: requirements.frameEndAckNamesFrame,
    parameterNamed: requirements.parameterAnswered,
    parameterTaken: requirements.parameterChangedContent,
  },
  unfinished: requirements.contentLengthCountsBytes,
  blame: {
    outOfTurn: { alice: requirements.speaksOnlyWhenAsked, bob: requirements.speaksOnlyWhenAsked },
    wrongMessage: { alice: requirements.codesOfTheirSide, bob: requirements.codesOfTheirSide },
    silence: { alice: requirements.answersEveryRequest },
    closing: { alice: requirements.serverDoesNotStop, bob: requirements.disconnectBeforeLeaving },
  },
  after: {
    abort: requirements.aliceAbortObeyed,
    abortAck: requirements.abortDropsFrame,
    authenticationInvalid: requirements.unauthenticReidentifies,
    peDenied: requirements.denialEndsFrame,
    ecDenied: requirements.correctionDenied,
    disconnectionAck: requirements.disconnectionEndsTalk,
  },
  early: {
    endPolarisationRecovery: requirements.recoveryEndAfterStart,
    initializationRequestConfig: requirements.configurationOnlyAfterProposal,
    qieRequest: requirements.frameBeginsWithInitialization,
    qieTrigger: requirements.triggerAfterReady,
    qieAcquisitionEnded: requirements.exchangeOrder,
    peSymbolsRequest: requirements.estimationAfterExchange,
    peNphotonRequest: requirements.estimationAfterExchange,
    peFinished: requirements.estimationAfterExchange,
    ecInitialization: requirements.correctionAfterApproval,
    ecBlock: requirements.correctionOrder,
    ecRemaining: requirements.correctionOrder,
    ecVerification: requirements.correctionOrder,
    paRequest: requirements.amplificationAfterCorrection,
    frameEnded: requirements.frameEndAfterAmplification,
  },
} as const satisfies Model;

export type { Conversation, QosstEvent, Said, Side } from './conversation.ts';
export { ambiguities, messages, requirements };
export type { MessageName, QosstMessage, SaidBy } from './messages.ts';
