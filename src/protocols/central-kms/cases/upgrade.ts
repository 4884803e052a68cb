import { requirements } from '#models/central-kms/index.ts';
import type { HttpBend } from '#src/wire/http/message-writer.ts';
import type { CentralKmsBend } from '../codec.ts';
import type { SocketCase, SocketPlayer } from './case.ts';
import { never } from './expect.ts';
import { rowsOf, table } from './table.ts';

const { badUpgradeRefused, versionRefused } = requirements;

/** Upgrades that are none, by what is wrong. */
const wrongUpgrades: Readonly<Record<string, HttpBend>> = {
  'upgrade-missing': { omit: ['upgrade'] },
  'connection-missing': { omit: ['connection'] },
  'key-missing': { omit: ['sec-websocket-key'] },
  'key-short': { omit: ['sec-websocket-key'], extra: ['Sec-WebSocket-Key: AQIDBA=='] },
  'key-no-base64': {
    omit: ['sec-websocket-key'],
    extra: ['Sec-WebSocket-Key: ********************** =='],
  },
  'version-missing': { omit: ['sec-websocket-version'] },
  'host-missing': { omit: ['host'] },
};

const otherVersions: Readonly<Record<string, string>> = { 'version-0': '0', 'version-12': '12' };

/** An upgrade that is refused; behind that the KMS may end the connection. */
async function refused(sidecar: SocketPlayer, frame: CentralKmsBend): Promise<void> {
  await sidecar.say('upgrade', { frame });
  await sidecar.hear(200);
}

/** How a connection becomes a WebSocket. */
export const upgrade: readonly SocketCase[] = [
  ...table(
    'upgrade',
    { against: 'central-kms' },
    {
      granted: {
        title: 'The KMS agrees to a correct upgrade, and proves that it has read the key',
        covers: [requirements.upgradeAnswered, requirements.acceptRight],
        play: (sidecar) => sidecar.say('upgrade'),
      },
      'nothing-offered': {
        title: 'The KMS names no subprotocol and no extension where none is offered',
        covers: [requirements.protocolOffered, requirements.extensionsOffered],
        play: (sidecar) => sidecar.say('upgrade'),
      },
      'subprotocol-unknown': {
        title: 'The KMS chooses no subprotocol that it cannot know',
        covers: [requirements.protocolOffered],
        play: (sidecar) =>
          sidecar.say('upgrade', {
            frame: { http: { extra: ['Sec-WebSocket-Protocol: x-unknown, x-other'] } },
          }),
      },
      'extension-unknown': {
        title: 'The KMS agrees to no extension that it cannot know',
        covers: [requirements.extensionsOffered],
        play: (sidecar) =>
          sidecar.say('upgrade', {
            frame: { http: { extra: ['Sec-WebSocket-Extensions: x-unknown; a=1'] } },
          }),
      },
      'header-names-lower': {
        title: 'The KMS reads header names in lower case',
        covers: [requirements.upgradeAnswered],
        play: (sidecar) => sidecar.say('upgrade', { frame: { http: { names: 'lower' } } }),
      },
      'connection-list': {
        title: 'The KMS finds Upgrade among other options of Connection',
        covers: [requirements.upgradeAnswered],
        play: (sidecar) => {
          const http = { omit: ['connection'], extra: ['Connection: keep-alive, Upgrade'] };
          return sidecar.say('upgrade', { frame: { http } });
        },
      },
      'other-headers': {
        title: 'The KMS passes over headers that it does not know',
        covers: [requirements.upgradeAnswered],
        play: (sidecar) => {
          const extra = ['Origin: http://localhost', 'User-Agent: qkdspec', 'X-Unknown: 1'];
          return sidecar.say('upgrade', { frame: { http: { extra } } });
        },
      },
      'in-pieces': {
        title: 'The KMS reads an upgrade that comes byte by byte',
        covers: [requirements.upgradeAnswered],
        play: async (sidecar) => {
          const bytes = sidecar.compose('upgrade');
          for (let at = 0; at < bytes.length; at += 16) {
            sidecar.write(bytes.subarray(at, at + 16));
            await sidecar.pause(1);
          }
          await sidecar.walk('connection.connected');
        },
      },
    },
  ),
  ...table(
    'upgrade',
    { against: 'central-kms', tags: ['hostile'] },
    {
      ...rowsOf(wrongUpgrades, (http, name) => ({
        title: `The KMS refuses an upgrade: ${name.replaceAll('-', ' ')}`,
        covers: [badUpgradeRefused],
        play: (sidecar) => refused(sidecar, { http }),
      })),
      'method-post': {
        title: 'The KMS refuses an upgrade by POST',
        covers: [badUpgradeRefused],
        play: (sidecar) => refused(sidecar, { method: 'POST' }),
      },
      ...rowsOf(otherVersions, (version) => ({
        title: `The KMS refuses version ${version} and names version 13`,
        covers: [versionRefused, badUpgradeRefused],
        play: (sidecar) => {
          const extra = [`Sec-WebSocket-Version: ${version}`];
          return refused(sidecar, { http: { omit: ['sec-websocket-version'], extra } });
        },
      })),
      'path-unknown': {
        title: 'The KMS refuses an upgrade of another path',
        covers: [requirements.unknownPathRefused],
        expect: never(requirements.unknownPathRefused, 'upgraded'),
        play: (sidecar) =>
          refused(sidecar, { http: { startLine: 'GET /qkdspec-nowhere HTTP/1.1' } }),
      },
    },
  ),
];
