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
    oneSymbolAnIndex: requirements.symbolsMatchIndices,
    frameEchoed: requirements.frameEndAckNamesFrame,
    parameterNamed: requirements.parameterAnswered,
    parameterTaken: requirements.parameterChangedContent,
  },
  blame: {
    outOfTurn: { alice: requirements.speaksOnlyWhenAsked, bob: requirements.speaksOnlyWhenAsked },
    wrongMessage: { alice: requirements.codesOfTheirSide, bob: requirements.identificationFirst },
    silence: { alice: requirements.answersEveryRequest },
    closing: { alice: requirements.serverDoesNotStop, bob: requirements.disconnectBeforeLeaving },
  },
} as const satisfies Model;

export type { Conversation, QosstEvent, Said, Side } from './conversation.ts';
export { ambiguities, messages, requirements };
export type { MessageName, QosstMessage, SaidBy } from './messages.ts';
