import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { seededRandom } from '#src/base/random.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Perceived } from '#src/contract/frame.ts';
import type { SideRecord } from '#src/contract/side.ts';
import { cast } from '#src/play/host.ts';
import { perform, standing } from '#src/play/perform.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { listenTcp } from '#src/transport/tcp.ts';
import { overBadLine } from './bad-line.ts';

/**
 * A device of its own process, with a front end of its own behind a slow and lossy line. It writes
 * down everything that it is told, as it understands it: nobody has to believe the harness.
 * `node device.ts <port> <log> [<what it dies of> <where it notes that it died>]`
 */
const [, , port = '0', log = '', deadly = '', grave = ''] = process.argv;

/** What one frame was to the device. */
export interface Received {
  readonly message: string | null;
  readonly malformed: boolean;
}

function hears({ message, flaws }: Perceived): void {
  const received: Received = { message, malformed: message === null || flaws.length > 0 };
  appendFileSync(log, `${JSON.stringify(received)}\n`);
  if (message !== deadly || existsSync(grave)) return;
  writeFileSync(grave, '');
  process.exit(7);
}

const alice = qosst.sides['alice'];
if (alice === undefined) throw new Error('no Alice');
const record: SideRecord = {
  ...alice,
  perceives(perceived, scene) {
    hears(perceived);
    return alice.perceives?.(perceived, scene) ?? perceived;
  },
};
const random = seededRandom(7);
const settings = settingsFor(qosst);
const role = cast({ protocol: qosst, record, side: 'alice', settings, random, idleMs: 20_000 });
await listenTcp({ host: '127.0.0.1', port: Number(port) }, (link) => {
  void perform(role, overBadLine(link, random.fork('line')), standing(role))
    .catch(() => {})
    .finally(() => link[Symbol.asyncDispose]());
});
