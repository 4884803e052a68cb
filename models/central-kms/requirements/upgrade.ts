import type { RequirementRow } from '#models/language/index.ts';

const connect = { document: 'central-kms-socket', section: 'Connect to socket' } as const;
const client = { document: 'rfc-6455', section: '4.1 Client Requirements' } as const;
const server = {
  document: 'rfc-6455',
  section: "4.2.2 Sending the Server's Opening Handshake",
} as const;
const reading = {
  document: 'rfc-6455',
  section: "4.2.1 Reading the Client's Opening Handshake",
} as const;
const versions = {
  document: 'rfc-6455',
  section: '4.4 Supporting Multiple Versions of WebSocket Protocol',
} as const;

/** How a connection becomes a WebSocket. */
export const upgrade = {
  endpoint: {
    level: 'MUST',
    basis: 'stated',
    binds: 'sidecar',
    cite: connect,
    text: 'The sidecar connects to the path /sidecar of the KMS.',
  },
  upgradeRequest: {
    level: 'MUST',
    basis: 'implied',
    binds: 'sidecar',
    cite: client,
    text: 'The upgrade is a GET of HTTP/1.1 with Host, Upgrade: websocket, Connection: Upgrade and Sec-WebSocket-Version: 13.',
  },
  upgradeKey: {
    level: 'MUST',
    basis: 'implied',
    binds: 'sidecar',
    cite: client,
    text: 'Sec-WebSocket-Key is 16 bytes in base 64, chosen at random for each connection.',
  },
  waitsForUpgrade: {
    level: 'MUST',
    basis: 'implied',
    binds: 'sidecar',
    cite: client,
    text: 'The sidecar sends nothing before its upgrade is answered.',
  },
  upgradeAnswered: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: server,
    text: 'A correct upgrade is answered with 101, Upgrade: websocket and Connection: Upgrade.',
  },
  acceptRight: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: server,
    text: 'Sec-WebSocket-Accept is what the key of the upgrade makes of it.',
  },
  protocolOffered: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: server,
    text: 'The answer names no subprotocol that was not offered.',
  },
  extensionsOffered: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: server,
    text: 'The answer names no extension that was not offered.',
  },
  badUpgradeRefused: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: reading,
    text: 'An upgrade that is not correct is refused with an HTTP error.',
  },
  versionRefused: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: versions,
    text: 'Another version than 13 is refused, and the answer names version 13.',
  },
  wrongAnswerFails: {
    level: 'MUST',
    basis: 'implied',
    binds: 'sidecar',
    cite: client,
    text: 'After a wrong answer to its upgrade the sidecar gives the connection up.',
  },
  unknownPathRefused: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'central-kms',
    cite: reading,
    text: 'An upgrade of another path than /sidecar is refused.',
  },
} as const satisfies Record<string, RequirementRow>;
