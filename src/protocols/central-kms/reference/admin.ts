import { member, param } from '#models/central-kms/index.ts';
import type { AdminAnswer, AdminDeed, ServedSession } from '#src/contract/admin.ts';
import { recall } from '../context.ts';
import type { KmsMemory } from './central-kms.ts';
import {
  ask,
  batchesOf,
  healthcheckOf,
  inquiryOf,
  isComplete,
  type Asked,
  type Desk,
} from './operator.ts';

type Session = ServedSession<KmsMemory>;

/** What whoever runs the KMS may ask of it, by the paths of its admin interface. */
export const admin: readonly AdminDeed<KmsMemory>[] = [
  {
    path: 'GET /sidecars',
    title: 'the registered sidecars',
    does: ({ sessions }) => fine(sessions.filter(isRegistered).map(sidecarOf)),
  },
  {
    path: 'POST /sidecars/{id}/healthchecks',
    title: 'asks a sidecar for its health: {"level": "ping"}',
    does({ sessions, names, content, random }) {
      const id = (names['id'] ?? '').toLowerCase();
      const session = sessions.findLast((one) => isRegistered(one) && sidecarOf(one).id === id);
      if (session === undefined) return none(`no sidecar '${id}' is registered`);
      const level = member(content, 'level') ?? 'ping';
      if (typeof level !== 'string') return wrong('expected a level that is a text');
      return asking(session, healthcheckOf(random, level));
    },
  },
  {
    path: 'GET /sidecars/{id}/healthchecks/{healthcheck}',
    title: 'what came of a healthcheck',
    does: ({ sessions, names }) => told(sessions, 'healthcheck', names['healthcheck']),
  },
  {
    path: 'POST /inquiry',
    title: 'asks the newest sidecar of a service: {"service", "startTime", "endTime"}',
    does({ sessions, content, random }) {
      const [startTime, endTime] = [member(content, 'startTime'), member(content, 'endTime')];
      if (!isInstant(startTime) || !isInstant(endTime)) {
        return wrong('expected startTime and endTime like 2018-01-01T00:00:00Z');
      }
      const service = member(content, 'service');
      const isMeant = (one: Session) => service === undefined || sidecarOf(one).service === service;
      const session = sessions.findLast((one) => isRegistered(one) && isMeant(one));
      if (session === undefined) return none(`no sidecar of service '${String(service)}'`);
      return asking(session, inquiryOf(random, { startTime, endTime }));
    },
  },
  {
    path: 'GET /inquiry/{id}',
    title: 'what an inquiry found',
    does: ({ sessions, names }) => told(sessions, 'inquiry', names['id']),
  },
];

/** Whether a session has a sidecar that can be asked for something. */
export function isRegistered({ isOpen, context }: Pick<Session, 'isOpen' | 'context'>): boolean {
  return isOpen && recall(context).stage === 'registered';
}

/** The sidecar of a session, by what it registered with. */
function sidecarOf({ context, memory }: Session): { id: string; service: string | null } {
  const id = String(member(recall(context).grants.at(-1), 'id')).toLowerCase();
  return { id, service: memory.desk.service };
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value);
}

function asking(session: Session, call: Pick<Asked, 'message' | 'content'>): AdminAnswer {
  const { content } = ask(session.memory.desk, call);
  session.wake();
  return { code: 202, content: { id: member(content, 'id'), status: 'pending' } };
}

function told(
  sessions: readonly Session[],
  message: Asked['message'],
  id: string | undefined,
): AdminAnswer {
  for (const { memory, context } of sessions) {
    const asked = memory.desk.asked.find(
      (one) => one.message === message && member(one.content, 'id') === id,
    );
    if (asked !== undefined) return fine(report(asked, memory.desk, context));
  }
  return none(`no ${message} '${id}'`);
}

function report(asked: Asked, desk: Desk, context: unknown): object {
  const { message, content, answers } = asked;
  const status = isComplete(asked) ? 'complete' : 'pending';
  const about = { id: member(content, 'id'), status, errors: answers.flatMap(errorIn) };
  if (message === 'inquiry') return { ...about, batches: batchesOf(asked, desk, context) };
  return { ...about, level: param(content, 'level'), response: member(answers[0], 'result') };
}

function errorIn(answer: unknown): readonly unknown[] {
  const error = member(answer, 'error');
  return error === undefined ? [] : [error];
}

function fine(content: unknown): AdminAnswer {
  return { code: 200, content };
}

function wrong(message: string): AdminAnswer {
  return { code: 400, content: { message } };
}

function none(message: string): AdminAnswer {
  return { code: 404, content: { message } };
}
