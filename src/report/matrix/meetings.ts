import type { Ambiguity, Model } from '#models/language/index.ts';
import type { Report } from '#src/contract/report.ts';
import { knownReadings, type KnownReading } from './known-readings.ts';

/** One open question that two targets were seen, or are known, to answer. */
export interface Question {
  readonly ambiguity: string;
  readonly question: string;
  /**
   * `differ`: both are known to read it, otherwise · `agree`: alike · `goTogether`: otherwise, and
   * they understand each other all the same · `oneSided`: one is known to read it otherwise than is
   * assumed, the other has shown nothing.
   */
  readonly standing: 'differ' | 'agree' | 'goTogether' | 'oneSided';
  readonly server: Answer | null;
  readonly client: Answer | null;
}

/** How one target reads a question. */
export interface Answer extends KnownReading {
  readonly text: string;
}

/**
 * What will come of two targets that talk to each other, by their readings alone: `fails` at the
 * questions that they answer otherwise, `mayFail` where only one answer is known, `agrees` where
 * all known answers are alike or go together, `unknown` where there is none.
 */
export interface Meeting {
  readonly protocol: string;
  readonly server: string;
  readonly client: string;
  /** Where they do not speak the same dialect: nothing else matters then. */
  readonly dialects: { readonly server: string; readonly client: string } | null;
  readonly prediction: 'fails' | 'mayFail' | 'agrees' | 'unknown';
  readonly questions: readonly Question[];
  /** Questions of the protocol that neither is known to answer. */
  readonly unknown: number;
}

/** Every server with every client of the same protocol, in the order of the runs. */
export function meetings(
  reports: readonly Report[],
  names: readonly string[],
  model: (protocol: string) => Model | null,
): readonly Meeting[] {
  const seats = reports.map((report, at) => ({
    report,
    name: names[at] ?? '',
    model: model(report.target.protocol),
    readings: knownReadings(report),
  }));
  const serves = ({ report, model: known }: Seat) => report.target.side === known?.server;
  return seats
    .filter(serves)
    .flatMap((server) =>
      seats
        .filter((client) => isPeer(client, server) && !serves(client))
        .map((client) => meeting(server, client)),
    );
}

interface Seat {
  readonly report: Report;
  readonly name: string;
  readonly model: Model | null;
  readonly readings: ReadonlyMap<string, KnownReading>;
}

function isPeer({ report: { target } }: Seat, { report }: Seat): boolean {
  return target.protocol === report.target.protocol;
}

/** What each speaks, where that is not the same. */
function dialectsOf(server: Seat, client: Seat): Meeting['dialects'] {
  const [spoken, heard] = [server, client].map(({ report }) => report.profile['dialect']);
  if (typeof spoken !== 'string' || typeof heard !== 'string' || spoken === heard) return null;
  return { server: spoken, client: heard };
}

function meeting(server: Seat, client: Seat): Meeting {
  const ambiguities = server.model?.ambiguities ?? {};
  const questions = Object.entries(ambiguities).flatMap(([key, ambiguity]): readonly Question[] => {
    const answer = ({ readings }: Seat): Answer | null => {
      const known = readings.get(key);
      if (known === undefined) return null;
      const text = known.readings.map((name) => ambiguity.readings[name]?.text ?? name).join(' ');
      return { ...known, text };
    };
    const [said, heard] = [answer(server), answer(client)];
    const standing = standingOf(said, heard, ambiguity);
    if (standing === null) return [];
    const { id, question } = ambiguity;
    return [{ ambiguity: id, question, standing, server: said, client: heard }];
  });
  const all = Object.keys(ambiguities);
  const dialects = dialectsOf(server, client);
  const unknown = all.filter((key) => !server.readings.has(key) && !client.readings.has(key));
  return {
    protocol: server.report.target.protocol,
    server: server.name,
    client: client.name,
    dialects,
    prediction: dialects === null ? predicted(questions) : 'fails',
    questions,
    unknown: unknown.length,
  };
}

/** `null`: nobody is known to read it otherwise than is assumed, or whoever does is understood. */
function standingOf(
  server: Answer | null,
  client: Answer | null,
  { assumed, readings, goesWith = {} }: Ambiguity,
): Question['standing'] | null {
  const goes = (other: string) =>
    server?.readings.some((reading) => goesWith[reading]?.includes(other)) === true;
  if (server !== null && client !== null) {
    const shared = server.readings.some((reading) => client.readings.includes(reading));
    if (shared) return 'agree';
    return client.readings.some(goes) ? 'goTogether' : 'differ';
  }
  const only = server ?? client;
  if (only === null || only.readings.includes(assumed)) return null;
  const open = Object.keys(readings).filter((name) => readings[name]?.standing === 'open');
  const isHarmless = open.every((name) => server?.readings.includes(name) === true || goes(name));
  return isHarmless ? null : 'oneSided';
}

function predicted(questions: readonly Question[]): Meeting['prediction'] {
  const has = (standing: Question['standing']) =>
    questions.some((question) => question.standing === standing);
  if (has('differ')) return 'fails';
  if (has('oneSided')) return 'mayFail';
  return has('agree') || has('goTogether') ? 'agrees' : 'unknown';
}
