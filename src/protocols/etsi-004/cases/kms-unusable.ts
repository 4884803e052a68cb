import { requirements, type MessageName } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import type { Etsi004Player } from './case.ts';
import { honest, untilClosing } from './kms-speech.ts';
import { table, type Row } from './table.ts';

type Play = (device: Etsi004Player) => Promise<unknown>;

const raw = (text: string) => (): Uint8Array => Buffer.from(text, 'latin1');

/** Answers that nobody can use, by what is wrong with them. */
const unusable: Readonly<Record<string, readonly [what: string, play: Play]>> = {
  'json-cut': ['whose JSON is cut', body('{"key_stream_id": "4eb81a5c')],
  'json-none': ['that is HTML', body('<html><body>Internal Server Error</body></html>')],
  array: ['that is an array', body('[]')],
  text: ['that is a text', body('"opened"')],
  null: ['that is null', body('null')],
  empty: ['without content', (device) => device.say('opened', { content: undefined })],
  'no-content-204': [
    'with 204',
    (device) => device.say('opened', { content: undefined, frame: { code: 204 } }),
  ],
  'id-missing': ['without an id', without('key_stream_id')],
  'id-null': ['whose id is null', containing({ key_stream_id: null })],
  'id-empty': ['whose id is empty', containing({ key_stream_id: '' })],
  'success-with-status-4': ['that is 201 with status 4', containing({ status: 4 })],
  'error-with-status-0': [
    'that is 500 with status 0',
    (device) => device.say('openRefused', { content: { status: 0 }, frame: { code: 500 } }),
  ],
  'error-without-content': [
    'that is 500 without content',
    (device) => device.say('openRefused', { content: undefined }),
  ],
  'version-unknown': [
    'of an HTTP that there is not',
    (device) => device.say('opened', { frame: { startLine: 'HTTP/7.3 201 Created' } }),
  ],
  'no-http': ['that is no HTTP', bytes('hello, this is no HTTP\r\n\r\n')],
  tls: ['that begins a TLS handshake', bytes('\u0016\u0003\u0001\u0000\u0005\u0001\u0000')],
  'length-negative': ['with a negative length', framed({ length: '-5' })],
  'length-huge': ['that ends long before its length', framed({ length: '99999', leaves: 'ended' })],
  'chunk-broken': [
    'whose chunks are broken',
    framed({ chunked: { sizes: [9], last: 'zz\r\n\r\n' }, leaves: 'ended' }),
  ],
  'cut-in-head': [
    'that ends amid its head',
    (device) =>
      device.say('opened', { bytes: (http) => http.subarray(0, 30), frame: { leaves: 'ended' } }),
  ],
  ended: ['that does not come: the connection ends', hangUp('ended')],
  reset: ['that does not come: the connection breaks', hangUp('reset')],
};

/** What a KMS does about answers that it cannot use is its affair; going on is not. */
export const kmsUnusable: readonly Case<Etsi004Bend>[] = [
  ...table(
    'kms-unusable',
    { against: 'kms', from: 'oneA.opening', tags: ['hostile'] },
    Object.fromEntries(Object.entries(unusable).map(([name, row]) => [name, ofOpening(...row)])),
  ),
  ...table(
    'kms-unusable',
    { against: 'kms', from: 'oneA.starting', tags: ['hostile'] },
    {
      'get-key-json-cut': later('whose JSON is cut', 'getKeyAccepted', { body: text('{"sta') }),
      'get-key-ended': later('that does not come', 'hungUp', {}),
      'get-key-reset': later('that breaks off', 'hungUp', { leaves: 'reset' }),
      'get-key-no-http': {
        title: 'The KMS stays within the interface after an answer to get-key that is no HTTP',
        covers: [requirements.getKeyNamesStream],
        play: bytes('nonsense\r\n\r\n', 'getKeyAccepted'),
      },
    },
  ),
  ...table(
    'kms-unusable',
    { against: 'kms', from: 'oneA.pushing', tags: ['hostile'] },
    {
      'close-ended': closing(later('that does not come', 'hungUp', {})),
      'close-reset': closing(later('that breaks off', 'hungUp', { leaves: 'reset' })),
      'close-no-http': closing({
        title: 'The KMS stays within the interface after an answer to close that is no HTTP',
        covers: [requirements.closeNamesStream],
        play: bytes('nonsense\r\n\r\n', 'closeAccepted'),
      }),
    },
  ),
];

function ofOpening(what: string, play: Play): Row {
  return {
    title: `The KMS does not go on as if a stream were open after an answer ${what}`,
    covers: [requirements.getKeyAfterOpen, requirements.getKeyContent],
    play,
  };
}

function later(what: string, message: MessageName, frame: Etsi004Bend): Row {
  return {
    title: `The KMS stays within the interface after an answer ${what}`,
    covers: [requirements.getKeyNamesStream, requirements.closeNamesStream],
    play: (device) => device.say(message, { frame }),
  };
}

/** The same where the KMS has asked for the end of its stream; if it does not, that is all. */
function closing(row: Row): Row {
  return {
    ...row,
    play: async (device) => {
      if (await untilClosing(device)) await row.play?.(device);
    },
  };
}

function text(content: string): Uint8Array {
  return Buffer.from(content);
}

function body(content: string): Play {
  return (device) => device.say('opened', { frame: { body: text(content) } });
}

function framed(frame: Etsi004Bend): Play {
  return (device) => device.say('opened', { frame });
}

function bytes(content: string, message: MessageName = 'opened'): Play {
  return (device) => device.say(message, { bytes: raw(content), frame: { leaves: 'ended' } });
}

function containing(change: object): Play {
  return (device) => device.say('opened', { content: { ...honest(device, 'opened'), ...change } });
}

function without(name: string): Play {
  return (device) => {
    const kept = Object.entries(honest(device, 'opened')).filter(([member]) => member !== name);
    return device.say('opened', { content: Object.fromEntries(kept) });
  };
}

function hangUp(leaves: 'ended' | 'reset'): Play {
  return (device) => device.say('hungUp', { frame: { leaves } });
}
