import { seededRandom } from '#src/base/random.ts';
import { perform, standing, type Role } from '#src/play/perform.ts';
import { memoryPair } from '#src/transport/memory.ts';
import { arenaOf, linkTo, openWalker, serverRole, walk } from './speed-arena.ts';
import { againstRate, atLeast, timed, type Contest } from './speed-contest.ts';
import type { Recording } from './speed-recording.ts';

const readMs = 10_000;
const what = 'checked messages in process';

/** Both sides in this process: with every answer judged, and with none. */
export function inProcessContests(recording: Recording): readonly Contest[] {
  const role = serverRole(recording);
  const arena = arenaOf(recording, () => linkTo(role));
  const ours = timed(recording.frames, async () => {
    await using walker = await openWalker(arena);
    await walk(walker, recording.turns);
  });
  const { judging, messagesPerSecond } = recording.protocol.baseline?.goals ?? {};
  const judged: Contest = {
    what,
    against: 'the same without judging',
    reach: atLeast(judging),
    ours,
    theirs: timed(recording.frames, () => talk(recording, role)),
  };
  return messagesPerSecond === undefined
    ? [judged]
    : [judged, againstRate({ what, ours }, messagesPerSecond)];
}

/**
 * Says what the client said and reads the answers, as a player who follows nothing: where the
 * session stands it takes from the server.
 */
async function talk({ protocol, settings, client, turns }: Recording, role: Role): Promise<void> {
  const [near, far] = memoryPair();
  const server = standing(role);
  const served = perform(role, far, server);
  const random = seededRandom(1);
  const ears = protocol.reader(settings);
  for (const { step, answers } of turns) {
    const { message, variant } = step;
    const making = { position: server.position, settings, random };
    const content = protocol.contents(message, making)[variant];
    near.write(protocol.compose({ message, content }, client, making).bytes);
    for (let heard = 0; heard < answers;) {
      const arrival = await near.read(readMs);
      if (arrival.kind !== 'bytes') throw new RangeError(`no answer to ${message}`);
      heard += ears.push(arrival.bytes).length;
    }
  }
  near.end();
  await served;
}
