import type { Case } from '#src/contract/case.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { Trace } from '#src/contract/trace.ts';
import { followed } from '#src/judge/followed.ts';
import type { Checkup } from './doctor.ts';
import { playCase, type Bench } from './run-case.ts';
import { greeting } from './sanity.ts';

/** Frames of the target that are shown, and their characters. */
const shownFrames = 6;
const shownCharacters = 160;
/** Times are told in seconds or so: a clock that is off by no more is right. */
const rightMs = 2000;

/** What a target tells of itself in one more session, in which nothing is taken or changed. */
export async function* examineTalk(bench: Bench): AsyncGenerator<Checkup> {
  const beganMs = bench.clock.nowMs();
  const { trace, verdict } = await playCase(bench, inquiry(bench));
  const answers = roundTrips(trace);
  const times = answers.map((ms) => `${ms.toFixed(1)} ms`).slice(0, shownFrames);
  if (times.length > 0) {
    yield { check: 'answers took', ok: true, detail: times.join(', ') };
  }
  yield* examineClock(bench, trace, beganMs);
  const said = saidIn(bench, trace).map(({ text }) => text);
  const detail = said.slice(0, shownFrames).join('; ') || 'nothing';
  const frames = followed(bench.protocol, trace, settingsOf(bench, trace));
  const heard = frames.filter(({ by }) => by === 'peer');
  const declared = heard.map(({ perceived }) => bench.protocol.declares?.(perceived) ?? {});
  for (const [name, value] of Object.entries(Object.assign({}, ...declared))) {
    yield { check: `the target declares ${name}`, ok: true, detail: String(value) };
  }
  const readings = verdict.readings.map((name) => name.split('='));
  yield { check: 'the target says', ok: true, detail, readings: Object.fromEntries(readings) };
}

/** A session that asks what the target can do, where the protocol has such questions. */
function inquiry(bench: Bench): Case {
  const { protocol, profile } = bench;
  const asks = protocol.inquiries ?? {};
  const side = protocol.model.sides.find((name) => name !== profile.side) ?? '';
  const questions = asks[side] ?? [];
  if (questions.length === 0) return greeting(bench);
  return {
    ...greeting(bench),
    async play(player) {
      for (const question of questions) await player.say(question);
    },
  };
}

/** From what was sent last to what came first behind it, ms, each time. */
function roundTrips({ events }: Trace): readonly number[] {
  let sentMs: number | null = null;
  const trips: number[] = [];
  for (const { kind, atMs } of events) {
    if (kind === 'sent') sentMs = atMs;
    if (kind !== 'received' || sentMs === null) continue;
    trips.push(atMs - sentMs);
    sentMs = null;
  }
  return trips;
}

/** How far the target's clock is from ours, where it tells a time. */
function* examineClock(bench: Bench, trace: Trace, beganMs: number): Generator<Checkup> {
  const told = saidIn(bench, trace).find(({ momentMs }) => momentMs !== null);
  if (told === undefined || told.momentMs === null) return;
  const offMs = told.momentMs - (beganMs + told.atMs);
  const isRight = Math.abs(offMs) <= rightMs;
  const way = offMs > 0 ? 'ahead of' : 'behind';
  const off = `${(Math.abs(offMs) / 1000).toFixed(1)} s ${way} ours`;
  yield { check: 'the clock of the target', ok: true, detail: isRight ? 'agrees with ours' : off };
}

/** What the target's frames say, and the moment that they tell. */
function saidIn(bench: Bench, trace: Trace) {
  const { protocol } = bench;
  const settings = settingsOf(bench, trace);
  let reader = protocol.reader(settings);
  return trace.events.flatMap((event) => {
    if (event.kind === 'opened') reader = protocol.reader(settings);
    if (event.kind !== 'received') return [];
    return reader.push(event.bytes).map((frame) => ({
      text: shortened(protocol.describe(frame)),
      momentMs: protocol.momentOf?.(frame) ?? null,
      atMs: event.atMs,
    }));
  });
}

function settingsOf({ protocol, profile }: Bench, { options }: Trace): Settings {
  return settingsFor(protocol, { ...profile, options, pinned: profile.readings });
}

function shortened(text: string): string {
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters - 1)}…` : text;
}
