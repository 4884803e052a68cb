import { requirements, type Fields } from '#models/kmip/index.ts';
import { inHeader, without } from '../altered.ts';
import { rowsOf, table, type KmipCase, type KmipPlayer, type Row } from './case.ts';
import { ask, askAll, askGood, bent, create, readState, reading, stillServes } from './saying.ts';

const { headerFields, headerOrder, goodServed, typesRight, badMessageRefused, staysUp } =
  requirements;
const { connectionKept } = requirements;
const { versionRefused, clientCorrelationKept, asynchronousAsked, responseIsMessage } =
  requirements;

const version = (ProtocolVersionMajor: unknown, ProtocolVersionMinor: unknown): Fields => ({
  ProtocolVersion: { ProtocolVersionMajor, ProtocolVersionMinor },
});

/** A header with everything in it that changes nothing, in its order. */
const full: Fields = {
  MaximumResponseSize: 1_000_000,
  ClientCorrelationValue: 'of qkdspec',
  AttestationCapableIndicator: false,
  BatchOrderOption: true,
};

/** Says a good request whose header is changed, and asks again. */
function refused(change: (header: Fields) => Fields) {
  return async (player: KmipPlayer): Promise<void> => {
    const heard = await bent(player, [reading], inHeader(change));
    await stillServes(player, heard);
  };
}

const missing: Readonly<Record<string, string>> = {
  version: 'ProtocolVersion',
  'batch-count': 'BatchCount',
};

const versions: Readonly<Record<string, Fields>> = {
  'version-0': version(0, 0),
  'version-3': version(3, 0),
  'version-255': version(255, 255),
  'version-negative': version(-1, 0),
  'version-largest': version(2 ** 31 - 1, 2 ** 31 - 1),
};

const brokenVersions: Readonly<Record<string, Fields>> = {
  'version-empty': { ProtocolVersion: {} },
  'version-without-major': { ProtocolVersion: { ProtocolVersionMinor: 1 } },
  'version-without-minor': { ProtocolVersion: { ProtocolVersionMajor: 2 } },
  'version-minor-first': {
    ProtocolVersion: { ProtocolVersionMinor: 1, ProtocolVersionMajor: 2 },
  },
  'version-as-text': { ProtocolVersion: { type: 'TextString', value: '2.1' } },
  'version-of-texts': version({ type: 'TextString', value: '2' }, 1),
};

/** Fields of a header in types that are not theirs. */
const wrongTypes: Readonly<Record<string, Fields>> = {
  'type-of-size': { MaximumResponseSize: { type: 'LongInteger', value: 100_000 } },
  'type-of-size-text': { MaximumResponseSize: { type: 'TextString', value: '100000' } },
  'type-of-correlation': { ClientCorrelationValue: { type: 'Integer', value: 1 } },
  'type-of-order': { BatchOrderOption: { type: 'Integer', value: 1 } },
  'type-of-option': { BatchErrorContinuationOption: { type: 'Integer', value: 1 } },
  'type-of-time': { TimeStamp: { type: 'LongInteger', value: 1_605_916_800 } },
};

const last = ({ BatchCount, ...header }: Fields, more: Fields): Fields => ({
  ...header,
  ...more,
  BatchCount,
});

/** Fields that stand there twice. */
const twice: Readonly<Record<string, Fields>> = {
  'size-twice': { MaximumResponseSize: [100_000, 100_000] },
  'correlation-twice': { ClientCorrelationValue: ['one', 'two'] },
  'order-twice': { BatchOrderOption: [true, false] },
  'time-twice': { TimeStamp: [1_605_916_800, 1_605_916_801] },
};

/** Fields that no header has. */
const strangers: Readonly<Record<string, Fields>> = {
  'unknown-tag': { '0x4202ff': { type: 'Integer', value: 1 } },
  'unknown-structure': { '0x4202ff': { type: 'Structure', value: {} } },
  'tag-of-payload': { UniqueIdentifier: 'key' },
  'extension-tag': { '0x540001': { type: 'TextString', value: 'of nobody' } },
  'tag-of-response': { Nonce: {} },
};

/** What a server may or may not look at: nothing is wrong with it. */
const harmless: Readonly<Record<string, Fields>> = {
  'all-fields': full,
  'correlation-short': { ClientCorrelationValue: 'x' },
  'correlation-empty': { ClientCorrelationValue: '' },
  'correlation-of-other-scripts': { ClientCorrelationValue: 'é決😀' },
  'correlation-of-5000': { ClientCorrelationValue: 'c'.repeat(5000) },
  'server-correlation-of-client': { ServerCorrelationValue: 'nobody gave this one' },
  'attestation-capable': { AttestationCapableIndicator: true },
  'attestation-types': {
    AttestationCapableIndicator: true,
    AttestationType: ['TPMQuote', 'SAMLAssertion'],
  },
  'order-true': { BatchOrderOption: true },
  'order-false': { BatchOrderOption: false },
  'size-large': { MaximumResponseSize: 2 ** 31 - 1 },
  'asynchronous-prohibited': { AsynchronousIndicator: 'Prohibited' },
};

const times: Readonly<Record<string, number>> = {
  'time-1970': 0,
  'time-before-1970': -86_400,
  'time-2020': 1_605_916_800,
  'time-far': 32_503_680_000,
};

/** Every field of a full header, moved to its front or its end. */
const moved: Readonly<Record<string, (header: Fields) => Fields>> = Object.assign(
  {},
  ...['ProtocolVersion', ...Object.keys(full), 'BatchCount'].map((name) => ({
    [`first-${kebab(name)}`]: (header: Fields) => ({ [name]: header[name], ...header }),
    [`last-${kebab(name)}`]: (header: Fields) => ({
      ...without(header, name),
      [name]: header[name],
    }),
  })),
);

function kebab(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}

const isMoved = (name: string) => name !== 'first-protocol-version' && name !== 'last-batch-count';

const asynchronous: Readonly<Record<string, unknown>> = {
  'asynchronous-mandatory': 'Mandatory',
  'asynchronous-optional': 'Optional',
};

const rows: Readonly<Record<string, Row>> = {
  ...rowsOf(harmless, (header, name) => ({
    title: `A request is served whatever its header says besides: ${name.replaceAll('-', ' ')}`,
    covers: [
      goodServed,
      headerFields,
      headerOrder,
      requirements.versionEchoed,
      requirements.timeStampGiven,
      responseIsMessage,
      requirements.statusGiven,
      requirements.noReasonOfSuccess,
      requirements.payloadFits,
      requirements.itemFields,
      typesRight,
      ...('ClientCorrelationValue' in header ? [clientCorrelationKept] : []),
    ],
    play: async (player) => {
      await ask(player, ...reading, header);
      await askGood(player);
    },
  })),
  ...rowsOf(times, (TimeStamp, name) => ({
    title: `A Time Stamp is read, and may be refused where it is off: ${name.replaceAll('-', ' ')}`,
    covers: [goodServed, requirements.timeStampGiven],
    play: async (player) => {
      await ask(player, ...reading, { TimeStamp });
      await askGood(player);
    },
  })),
  ...rowsOf(asynchronous, (AsynchronousIndicator, name) => ({
    title: `An operation may be pending only where that is allowed: ${name.replaceAll('-', ' ')}`,
    covers: [asynchronousAsked],
    play: async (player) => {
      await ask(player, ...reading, { AsynchronousIndicator });
      await askGood(player);
    },
  })),
  ...rowsOf(versions, (said, name) => ({
    title: `A major version that nobody has is refused: ${name.replaceAll('-', ' ')}`,
    covers: [versionRefused, requirements.refusalHasNoOperation, staysUp],
    tags: ['hostile'],
    play: refused((header) => ({ ...header, ...said })),
  })),
  ...rowsOf(brokenVersions, (said, name) => ({
    title: `A broken Protocol Version is refused: ${name.replaceAll('-', ' ')}`,
    covers: [badMessageRefused, headerFields, staysUp],
    tags: ['hostile'],
    play: refused((header) => ({ ...header, ...said })),
  })),
  ...rowsOf(missing, (name) => ({
    title: `A header without ${name} is refused`,
    covers: [badMessageRefused, headerFields, staysUp],
    tags: ['hostile'],
    play: refused((header) => without(header, name)),
  })),
  ...rowsOf(wrongTypes, (said, name) => ({
    title: `A field of a header in another type is refused: ${name.replaceAll('-', ' ')}`,
    covers: [badMessageRefused, typesRight, staysUp],
    tags: ['hostile'],
    play: refused((header) => last(header, said)),
  })),
  ...rowsOf(twice, (said, name) => ({
    title: `A field that a header has twice is refused: ${name.replaceAll('-', ' ')}`,
    covers: [badMessageRefused, headerFields, staysUp],
    tags: ['hostile'],
    play: refused((header) => last(header, said)),
  })),
  ...rowsOf(strangers, (said, name) => ({
    title: `A field that no header has is refused or passed over: ${name.replaceAll('-', ' ')}`,
    covers: [requirements.unknownFieldRefused, staysUp],
    tags: ['hostile'],
    play: refused((header) => last(header, said)),
  })),
  ...rowsOf(moved, (change, name) => ({
    title: `A header in another order is refused or taken: ${name.replaceAll('-', ' ')}`,
    covers: isMoved(name) ? [headerOrder, staysUp] : [headerOrder, goodServed],
    ...(isMoved(name) ? { tags: ['hostile'] } : {}),
    play: async (player) => {
      const heard = await bent(
        player,
        [reading],
        inHeader((header) => change(inOrder(header))),
      );
      await stillServes(player, heard);
    },
  })),
  'header-missing': {
    title: 'A message without header is refused',
    covers: [badMessageRefused, requirements.refusalHasNoOperation, staysUp],
    tags: ['hostile'],
    play: async (player) => {
      const heard = await bent(player, [reading], (said) => without(said, 'RequestHeader'));
      await stillServes(player, heard);
    },
  },
  'header-twice': {
    title: 'A message with two headers is refused',
    covers: [badMessageRefused, staysUp],
    tags: ['hostile'],
    play: async (player) => {
      const heard = await bent(player, [reading], (said) => ({
        ...said,
        RequestHeader: [said['RequestHeader'], said['RequestHeader']],
      }));
      await stillServes(player, heard);
    },
  },
  'header-behind-items': {
    title: 'A message whose header stands behind its items is refused or taken',
    covers: [headerOrder, staysUp],
    tags: ['hostile'],
    play: async (player) => {
      const heard = await bent(player, [reading], ({ RequestHeader, ...said }) => ({
        ...said,
        RequestHeader,
      }));
      await stillServes(player, heard);
    },
  },
  'refused-changes-nothing': {
    title: 'A message with a wrong header changes nothing',
    covers: [requirements.errorsClean, badMessageRefused, requirements.stateTold],
    tags: ['hostile'],
    play: async (player) => {
      const id = await create(player);
      const activating = [['Activate', { UniqueIdentifier: id }]] as const;
      const heard = await bent(
        player,
        activating,
        inHeader((header) => ({ ...header, BatchCount: 2 })),
      );
      if (heard?.kind === 'frame') await readState(player, id);
    },
  },
  'not-pending-unasked': {
    title: 'Nothing is pending where that is not asked for',
    covers: [asynchronousAsked],
    play: async (player) => {
      const id = await create(player);
      await ask(player, 'Activate', { UniqueIdentifier: id });
      await readState(player, id);
    },
  },
  'two-requests-in-turn': {
    title: 'Every request has its own response',
    covers: [requirements.everyRequestAnswered, requirements.nothingUnasked, connectionKept],
    play: async (player) => {
      await askGood(player);
      await askAll(player, [reading, reading]);
      await player.listen(50);
    },
  },
};

/** A header with all of its fields. */
function inOrder({ ProtocolVersion, BatchCount }: Fields): Fields {
  return { ProtocolVersion, ...full, BatchCount };
}

/** What a server makes of the headers of requests. */
export const headerCases: readonly KmipCase[] = table('headers', { against: 'server' }, rows);
