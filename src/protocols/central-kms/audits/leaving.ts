import { has, idOf, member, requirements } from '#models/central-kms/index.ts';
import type { Perceived } from '#src/contract/frame.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { auditOfBoth, type Look } from './look.ts';

/** What a side leaves unanswered for so long was not under way when it left, ms. */
const crossingMs = 1000;

/** One sort of what is asked: by which names an answer is known. */
interface Sort {
  readonly what: string;
  readonly asked: (perceived: Perceived) => boolean;
  readonly names: (content: unknown) => readonly unknown[];
  /** True where an answer is one to all that was asked before. */
  readonly settlesAll?: true;
  /** How many answers there are to be, by any of them; one without it. */
  readonly total?: (content: unknown) => number;
}

/** What waits for its answer, or for the rest of them. */
interface Waiting {
  readonly session: number;
  readonly names: readonly unknown[];
  readonly askedMs: number;
  answers: number;
}

/** Whoever leaves has answered what was asked well before. */
function answeredBefore({ what, asked, names, settlesAll, total = () => 1 }: Sort): () => Look {
  return () => {
    let waiting: Waiting[] = [];
    return ({ by, session, atMs, perceived }) => {
      const { message, flaws, payload } = perceived;
      const { content } = payload;
      const said: readonly unknown[] = names(content).filter((name) => name !== undefined);
      if (by === 'player') {
        const isEnd = message === 'closeFrame' || flaws.some(({ kind }) => kind === 'malformed');
        if (isEnd) waiting = [];
        if (asked(perceived)) waiting.push({ session, names: said, askedMs: atMs, answers: 0 });
        return null;
      }
      const open = waiting.filter((one) => one.session === session);
      if (message === 'closeFrame') {
        const isLeft = open.some(({ askedMs }) => atMs - askedMs >= crossingMs);
        return isLeft ? `${what} was left unanswered, and a second later the end came.` : null;
      }
      const about = open.findLast((one) => one.names.some((name) => said.includes(name)));
      if (about === undefined) return null;
      about.answers += 1;
      const at = waiting.indexOf(about);
      if (settlesAll === true) waiting.splice(0, at + 1);
      else if (about.answers >= total(content)) waiting.splice(at, 1);
      return null;
    };
  };
}

function said(content: unknown, name: string): unknown {
  return member(member(content, 'result'), name) ?? member(member(content, 'params'), name);
}

const idAndInquiry = (content: unknown) => [idOf(content), said(content, 'inquiry')];

const isGood =
  (name: string) =>
  ({ message, flaws }: Perceived): boolean =>
    message === name && flaws.length === 0;

const pings = answeredBefore({
  what: 'A ping',
  asked: isGood('ping'),
  names: (content) => [member(content, 'payload')],
  settlesAll: true,
});

const healthchecks = answeredBefore({
  what: 'A healthcheck',
  asked: isGood('healthcheck'),
  names: (content) => [idOf(content)],
});

const inquiries = answeredBefore({
  what: 'An inquiry',
  asked: isGood('inquiry'),
  names: idAndInquiry,
  total: (content) => Number(said(content, 'total') ?? 0),
});

const unknownMethods = answeredBefore({
  what: 'A call of a method that there is not',
  asked: ({ message, flaws, payload }) =>
    message === null && flaws[0]?.kind === 'unknown' && has(payload['content'], 'id'),
  names: (content) => [idOf(content)],
});

/** What is owed by whoever leaves. */
export const leavingAudits: readonly Audit[] = [
  auditOfBoth(requirements.pingAnswered, pings),
  auditOfBoth(requirements.healthcheckAnswered, healthchecks),
  auditOfBoth(requirements.inquiryAnswered, inquiries),
  auditOfBoth(requirements.unknownMethodOfKmsTold, unknownMethods),
];
