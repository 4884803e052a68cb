import { isFields, itemsOf, textAt, type Fields } from '#models/kmip/index.ts';
import { seededRandom } from '#src/base/random.ts';
import { systemClock } from '#src/base/clock.ts';
import type { KmipBend } from '../compose.ts';
import { recall } from '../context.ts';
import { answers, server, type ServerScene } from '../reference/server.ts';
import type { KmipPlayer } from './case.ts';

/** An answer of the server's, and the request that it is for. */
export interface Answer {
  readonly message: string;
  readonly content: Fields;
  readonly request: Fields;
}

/** How the server departs from what it would say; `null`: it does not. */
export type Departure = (answer: Answer, player: KmipPlayer) => Told | null | Promise<Told | null>;

/** What it says instead; `written`: it has been said already. */
export type Told =
  | { readonly content: Fields; readonly message?: string; readonly frame?: KmipBend }
  | 'said'
  /** The connection is left. */
  | 'left';

const states = ['answering', 'stopping', 'continuing', 'undoing', 'refusing'] as const;

/** Requests of one client that are answered at most. */
const most = 400;

/**
 * Serves a client with the reference server until it leaves, or says nothing any more; every
 * answer may be another.
 */
export async function serve(player: KmipPlayer, departs: Departure = () => null): Promise<void> {
  const random = seededRandom(1);
  const settings = { dialect: '', readings: {}, options: {} };
  const memory = server.memory(random, settings);
  for (let turn = 0; turn < most; turn += 1) {
    const heard = await player.hear();
    if (heard.kind !== 'frame') return;
    const { context } = player;
    const [request] = recall(context).pending;
    if (request === undefined) continue;
    const scene: ServerScene = {
      context,
      heard: heard.perceived,
      memory,
      random,
      settings,
      nowMs: systemClock.nowMs(),
    };
    const state = request.fault === null ? states[0] : states[4];
    for (const deed of [(await answers[`exchange.${state}`]?.(scene)) ?? []].flat()) {
      if (deed.do !== 'say') return;
      const { message, content } = deed.utterance;
      const said = { message, content: fieldsIn(content), request: fieldsIn(request.content) };
      const told = await departs(said, player);
      if (told === 'left') return;
      if (told === 'said') continue;
      if (told === null) player.send(message, { content });
      else player.send(told.message ?? message, told);
    }
  }
}

function fieldsIn(content: unknown): Fields {
  return isFields(content) ? content : {};
}

/** A departure in the first answer of which something holds, and in no other. */
export function once(holds: (answer: Answer) => boolean, departs: Departure): Departure {
  let isDone = false;
  return (answer, player) => {
    if (isDone || !holds(answer)) return null;
    isDone = true;
    return departs(answer, player);
  };
}

/** Whether an answer is about one item alone, of an operation that succeeded. */
export function isSuccessOf(...operations: readonly string[]) {
  return ({ content }: Answer): boolean => {
    const items = itemsOf(content);
    const [item] = items;
    const operation = textAt(item, 'Operation') ?? '';
    const isAny = operations.length === 0 || operations.includes(operation);
    return items.length === 1 && isAny && textAt(item, 'ResultStatus') === 'Success';
  };
}
