import { requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { takesKeys } from './kms-expect.ts';
import { table } from './table.ts';

/** What a KMS says when nothing goes wrong: one whole session a case, looked at for one topic. */
export const kmsConduct: readonly Case<Etsi004Bend>[] = table(
  'kms-conduct',
  { against: 'kms' },
  {
    calls: {
      title: 'The KMS makes its own calls, each by its method and path',
      covers: [
        requirements.callsOfTheirSide,
        requirements.pathsOfCalls,
        requirements.methodsOfCalls,
      ],
    },
    http: {
      title: 'The KMS speaks HTTP/1.1, names the host and gives the right lengths',
      covers: [requirements.transportIsHttp, requirements.hostNamed, requirements.lengthsRight],
    },
    json: {
      title: 'The KMS says JSON objects, and that they are JSON',
      covers: [
        requirements.bodyIsJson,
        requirements.memberNamesUnique,
        requirements.contentTypeJson,
      ],
    },
    'open-connect': {
      title: 'The KMS names source, destination and quality when it opens a stream',
      covers: [
        requirements.openConnectContent,
        requirements.sourceIsUri,
        requirements.destinationIsUri,
        requirements.qosTypes,
        requirements.qosPossible,
        requirements.mimetypeJson,
      ],
    },
    'source-id': {
      title: 'At the source the KMS leaves the id to the QKD device',
      covers: [requirements.sourceIdNull],
    },
    'destination-id': {
      title: 'At the destination the KMS gives the id of the source',
      covers: [requirements.destinationIdGiven, requirements.streamIdIsUuid],
    },
    'get-key': {
      title: 'The KMS asks for the keys of a stream once it is open',
      covers: [
        requirements.getKeyContent,
        requirements.getKeyNamesStream,
        requirements.getKeyAfterOpen,
        requirements.metadataBuffer,
        requirements.metadataSize,
      ],
    },
    receipts: {
      title: 'The KMS answers each key with a code and a status that fit each other',
      covers: [
        requirements.everyPushAnswered,
        requirements.pushAnswered,
        requirements.codeTellsOutcome,
        requirements.successCodes,
        requirements.oneAnswerACall,
      ],
    },
    keys: {
      title: 'The KMS takes the keys that it asked for',
      covers: [requirements.keyTaken],
      expect: takesKeys(),
    },
    close: {
      title: 'The KMS closes what it has opened, once, and says nothing about it afterwards',
      covers: [
        requirements.closeContent,
        requirements.closeNamesStream,
        requirements.closeBeforeLeaving,
      ],
    },
  },
);
