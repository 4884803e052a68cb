import { requirements, type Fields } from '#models/kmip/index.ts';
import { inHeader } from '../altered.ts';
import type { Asking } from '../contents.ts';
import { rowsOf, table, type KmipCase, type Row } from './case.ts';
import { ask, askAll, bent, create, reading } from './saying.ts';

const { queryAnswered, versionsAnswered, versionOfTalkKnown, versionEchoed } = requirements;
const { serverCorrelationSince14, newFieldsKept, servedAgain, unknownOperationRefused } =
  requirements;

const version = (ProtocolVersionMajor: number, ProtocolVersionMinor: number): Fields => ({
  ProtocolVersionMajor,
  ProtocolVersionMinor,
});

/** What a client may be asked for. */
const asked: Readonly<Record<string, readonly Fields[]>> = {
  none: [],
  'only-2.1': [version(2, 1)],
  'only-1.0': [version(1, 0)],
  'all-in-reverse': [version(1, 0), version(1, 4), version(2, 0), version(2, 1)],
  'of-nobody': [version(9, 9)],
  'of-nobody-and-2.1': [version(9, 9), version(2, 1)],
  'twice-the-same': [version(2, 1), version(2, 1)],
  negative: [version(-1, -1)],
};

/** Versions of the standard before that which is spoken here. */
const spoken: Readonly<Record<string, readonly [number, number]>> = {
  '1.0': [1, 0],
  '1.1': [1, 1],
  '1.2': [1, 2],
  '1.3': [1, 3],
  '1.4': [1, 4],
  '2.0': [2, 0],
  '2.1': [2, 1],
  '2.9': [2, 9],
};

const functions: Readonly<Record<string, readonly string[]>> = {
  operations: ['QueryOperations'],
  objects: ['QueryObjects'],
  'server-information': ['QueryServerInformation'],
  'application-namespaces': ['QueryApplicationNamespaces'],
  'extension-list': ['QueryExtensionList'],
  'extension-map': ['QueryExtensionMap'],
  attestation: ['QueryAttestationTypes'],
  rngs: ['QueryRNGs'],
  validations: ['QueryValidations'],
  profiles: ['QueryProfiles'],
  capabilities: ['QueryCapabilities'],
  registration: ['QueryClientRegistrationMethods'],
  defaults: ['QueryDefaultsInformation'],
  'storage-protection': ['QueryStorageProtectionMasks'],
  several: ['QueryOperations', 'QueryObjects', 'QueryServerInformation'],
  'in-reverse': ['QueryServerInformation', 'QueryObjects', 'QueryOperations'],
  twice: ['QueryOperations', 'QueryOperations'],
};

/** What every version has. */
const simple: readonly Asking[] = [
  reading,
  ['Activate', { UniqueIdentifier: 'nobody has this identifier' }],
];

const rows: Readonly<Record<string, Row>> = {
  ...rowsOf(
    asked,
    (versions, name) => ({
      title: `Discover Versions names those that the server has: ${name.replaceAll('-', ' ')}`,
      covers: name === 'none' ? [versionsAnswered, versionOfTalkKnown] : [versionsAnswered],
      play: async (player) => {
        const payload = versions.length === 0 ? {} : { ProtocolVersion: versions };
        await ask(player, 'DiscoverVersions', payload);
        await ask(player, 'DiscoverVersions', {});
      },
    }),
    'versions-',
  ),
  ...rowsOf(
    spoken,
    ([major, minor], name) => ({
      title: `A request of version ${name} is answered in it, or refused`,
      covers: [versionEchoed, serverCorrelationSince14, newFieldsKept],
      play: async (player) => {
        await ask(player, 'DiscoverVersions', {});
        const inIt = inHeader((header) => ({ ...header, ProtocolVersion: version(major, minor) }));
        for (const one of simple) await bent(player, [one], inIt);
      },
    }),
    'speaks-',
  ),
  ...rowsOf(
    functions,
    (names, name) => ({
      title: `Query answers what was asked: ${name.replaceAll('-', ' ')}`,
      covers: [queryAnswered, requirements.payloadFits],
      play: (player) => ask(player, 'Query', { QueryFunction: names }),
    }),
    'query-',
  ),
  'query-unknown-function': {
    title: 'A function that nobody has is refused or passed over',
    covers: [requirements.enumerationsKnown, queryAnswered],
    tags: ['hostile'],
    play: (player) => ask(player, 'Query', { QueryFunction: '0x000000fe' }),
  },
  'query-the-same-again': {
    title: 'Query answers the same each time',
    covers: [queryAnswered, servedAgain],
    play: async (player) => {
      for (let count = 0; count < 3; count += 1) await ask(player, ...reading);
    },
  },
  'operations-named-are-served': {
    title: 'What was served is not unsupported later',
    covers: [servedAgain, unknownOperationRefused],
    play: async (player) => {
      const first = await create(player);
      await ask(player, 'GetAttributeList', { UniqueIdentifier: first });
      const second = await create(player);
      await ask(player, 'GetAttributeList', { UniqueIdentifier: second });
      await ask(player, 'Destroy', { UniqueIdentifier: first });
      await ask(player, 'Destroy', { UniqueIdentifier: second });
    },
  },
  'operations-beside-each-other': {
    title: 'Of a batch of a storage array one item that fails leaves the others alone',
    covers: [requirements.continueGoesOn, requirements.everyItemAnswered, queryAnswered],
    play: async (player) => {
      const UniqueIdentifier = await create(player);
      await askAll(
        player,
        [
          reading,
          ['Locate', { Attributes: { ObjectType: 'SymmetricKey' } }],
          ['Get', { UniqueIdentifier: 'nobody has this identifier' }],
          ['GetAttributes', { UniqueIdentifier }],
        ],
        { BatchErrorContinuationOption: 'Continue' },
      );
    },
  },
};

/** What a server says of itself. */
export const serverCases: readonly KmipCase[] = table('server', { against: 'server' }, rows);
