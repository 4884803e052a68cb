import { requirements } from '#models/central-kms/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { SocketCase } from './case.ts';
import { says } from './expect.ts';
import { rowsOf, table } from './table.ts';

/** What is looked at in a whole session in which nothing goes wrong. */
const topics: Readonly<Record<string, readonly [title: string, ...Requirement[]]>> = {
  upgrade: [
    'The sidecar upgrades its connection, on the path of the socket, and waits',
    requirements.endpoint,
    requirements.upgradeRequest,
    requirements.waitsForUpgrade,
  ],
  frames: [
    'The frames of the sidecar are masked, whole, and of known kinds',
    requirements.clientMasks,
    requirements.lengthsMinimal,
    requirements.framesWhole,
    requirements.reservedBitsZero,
    requirements.opcodesKnown,
  ],
  text: [
    'The sidecar says JSON in text messages',
    requirements.messagesAreText,
    requirements.textIsJson,
    requirements.textIsUtf8,
    requirements.jsonGrammar,
    requirements.jsonIsUtf8,
    requirements.memberNamesUnique,
  ],
  calls: [
    'The calls of the sidecar are calls of JSON-RPC',
    requirements.versionGiven,
    requirements.methodGiven,
    requirements.methodKnown,
    requirements.paramsByName,
    requirements.reservedNames,
  ],
  ids: [
    "The ids of the sidecar's calls are texts, and none is used twice at once",
    requirements.idType,
    requirements.idNotNull,
    requirements.commandIdIsText,
    requirements.commandIdGiven,
    requirements.idsDistinct,
  ],
  register: [
    'The sidecar registers first, with a UUID and the name of its service',
    requirements.registerFirst,
    requirements.registerContent,
  ],
  challenge: [
    'The sidecar signs the challenge that it was given, with both keys',
    requirements.challengeAfterRegister,
    requirements.challengeContent,
    requirements.batchSignatureRight,
    requirements.rowSignatureRight,
    requirements.signatureLength,
    requirements.signatureIsPure,
    requirements.cmacWhole,
  ],
  leaving: [
    'The sidecar leaves with a close frame, and says nothing behind it',
    requirements.closeHandshake,
    requirements.closeBody,
    requirements.closeCodes,
    requirements.nothingAfterClose,
  ],
};

/** What a sidecar says when nothing goes wrong: one whole session a case, looked at for one topic. */
export const sidecarConduct: readonly SocketCase[] = table(
  'sidecar-conduct',
  { against: 'sidecar' },
  {
    ...rowsOf(topics, ([title, ...covers]) => ({ title, covers })),
    batches: {
      title: 'The sidecar saves batches once it is registered, each under an id of its own',
      covers: [
        requirements.batchAfterRegistration,
        requirements.batchContent,
        requirements.batchIdUnique,
      ],
      from: 'batches.waiting',
      /** A sidecar without anything to save is a sidecar. */
      tags: ['choice'],
    },
    'fresh-for-each': {
      title: 'The sidecar has a new key and a new id for each connection',
      covers: [requirements.upgradeKey, requirements.sidecarIdFresh, requirements.maskFresh],
      from: 'connection.challenged',
      play: async (kms) => {
        await kms.reconnect();
        await kms.walk('connection.challenged');
      },
    },
    'whole-session': {
      title: 'The sidecar answers what the KMS asks, and tells what it has saved',
      covers: [
        requirements.kmsCallsAnswered,
        requirements.inquiryAnswered,
        requirements.foundIsSaved,
        requirements.bodyVerifies,
        requirements.batchSigned,
        requirements.totalRight,
        requirements.keysKept,
      ],
      expect: says(requirements.kmsCallsAnswered, 'healthReport'),
    },
  },
);
