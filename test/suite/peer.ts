import { settingsFor } from '#src/contract/choose.ts';
import { seededRandom } from '#src/base/random.ts';
import { cast } from '#src/play/host.ts';
import { perform, standing } from '#src/play/perform.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { connectTcp } from '#src/transport/tcp.ts';

/** A client of its own process: Bob, as the reference plays him. `node peer.ts <port> [how]` */
const [, , port = '0', how = 'well'] = process.argv;

if (how === 'never-connects') setInterval(() => {}, 1000);
else {
  const record = qosst.sides['bob'];
  if (record === undefined) throw new Error('no Bob');
  const settings = settingsFor(qosst);
  const random = seededRandom(1);
  const role = cast({ protocol: qosst, record, side: 'bob', settings, random, idleMs: 5000 });
  await using link = await connectTcp({ host: '127.0.0.1', port: Number(port) }, 5000);
  await perform(role, link, standing(role));
  if (how === 'never-exits') {
    process.on('SIGTERM', () => {});
    setInterval(() => {}, 1000);
  }
}
