import { isFields, type Fields } from '#models/kmip/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { Answers, Mutant, SideRecord } from '#src/contract/side.ts';
import { eachItem } from '../altered.ts';
import { recall } from '../context.ts';
import {
  answerTo,
  answers,
  server,
  telling,
  type ServerMemory,
  type ServerScene,
} from '../reference/server.ts';

export type { ServerMemory };

/** What one mutant changes: some answers, or one habit. */
export interface Change<Memory> extends Partial<Omit<SideRecord<Memory>, 'answers'>> {
  readonly id: string;
  readonly title: string;
  readonly breaks: Requirement;
  /** Messages of the shortest trace that shows it, both directions counted. */
  readonly shortest: number;
  readonly deep?: true;
  /** The dialect that it shows in, where it is not the usual one. */
  readonly dialect?: string;
  readonly answers?: Answers<Memory>;
}

/** A side, wrong in one place. */
export function mutant<Memory>(
  side: string,
  record: SideRecord<Memory>,
  change: Change<Memory>,
): Mutant {
  const { id, title, breaks, shortest, deep, dialect, answers: other, ...habits } = change;
  const changed = { ...record, ...habits, answers: { ...record.answers, ...other } };
  const shown = dialect === undefined ? {} : { dialect };
  return { id, side, title, breaks, shortest, deep: deep === true, ...shown, record: changed };
}

/** How a server departs from the reference between a request and its response. */
export interface Departure {
  /** What it takes the request for. */
  readonly asks?: (request: Fields, scene: ServerScene) => Fields;
  /** True where it takes wrong requests for others, too. */
  readonly asksWrong?: true;
  /** Requests that it answers as it should, and then forgets what they changed. */
  readonly forgets?: (request: Fields) => boolean;
  /** What it makes of the response. */
  readonly tells?: (response: Fields, request: Fields, scene: ServerScene) => Fields;
}

const states = ['answering', 'stopping', 'continuing', 'undoing', 'refusing'] as const;

/** The server with other answers to every request that can be read. */
export function serverMutant({
  asks,
  asksWrong,
  forgets,
  tells,
  ...change
}: Omit<Change<ServerMemory>, 'answers'> & Departure): Mutant {
  const respond = (scene: ServerScene) => {
    const [request] = recall(scene.context).pending;
    const content = request?.content;
    if (!isFields(content)) return answers['exchange.refusing']?.(scene) ?? [];
    const isAsked = asksWrong === true || request?.fault === null;
    const asked = isAsked ? (asks?.(content, scene) ?? content) : content;
    const response =
      forgets?.(content) === true ? answerOnce(asked, scene) : answerTo(asked, scene);
    return telling(tells?.(response, content, scene) ?? response, content);
  };
  const changed = Object.fromEntries(states.map((state) => [`exchange.${state}`, respond]));
  return mutant('server', server, { ...change, answers: changed });
}

/** Answers, and takes back what that changed. */
function answerOnce(request: Fields, scene: ServerScene): Fields {
  const { server: state } = scene.memory;
  const { objects } = state;
  const mark = objects.mark();
  const kept = { ...objects, keep: () => {} };
  const response = answerTo(request, {
    ...scene,
    memory: { ...scene.memory, server: { ...state, objects: kept } },
  });
  objects.undo(mark);
  return response;
}

/** The payloads of one operation that succeeded. */
export function payloadOf(operation: string, change: (payload: Fields) => Fields) {
  return eachItem(
    (item) => item['Operation'] === operation && item['ResultStatus'] === 'Success',
    (item) => {
      const payload = item['ResponsePayload'];
      return { ...item, ResponsePayload: change(isFields(payload) ? payload : {}) };
    },
  );
}

/** The payloads of one operation that is asked. */
export function askedOf(operation: string, change: (payload: Fields) => Fields) {
  return eachItem(
    (item) => item['Operation'] === operation,
    (item) => {
      const payload = item['RequestPayload'];
      return { ...item, RequestPayload: change(isFields(payload) ? payload : {}) };
    },
  );
}
