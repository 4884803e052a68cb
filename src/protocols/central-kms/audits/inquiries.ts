import { idOf, instantOf, member, requirements } from '#models/central-kms/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { firstDay } from '../bodies.ts';
import { auditOfBoth, contentIn, textOf, type Look } from './look.ts';

/** An inquiry: its span, and how many batches the KMS had taken when it asked. */
interface Asked {
  readonly from: number;
  readonly to: number;
  readonly taken: number;
}

/** Looks at each answer to an inquiry of ours, with that inquiry. */
function ofAnswers(look: (said: unknown, asked: Asked) => string | null): () => Look {
  return () => {
    const asked = new Map<string, Asked>();
    /** Batches that were saved, by connection; their ids by connection and call. */
    const taken = new Map<number, Set<string>>();
    const saving = new Map<string, string>();
    return (frame) => {
      const { session } = frame;
      const call = `${session} ${String(idOf(contentIn(frame)))}`;
      const batch = textOf(frame, 'batch', ['params', 'id'])?.toLowerCase();
      if (batch !== undefined) saving.set(call, batch);
      const ours = taken.get(session) ?? new Set();
      taken.set(session, ours);
      const stored = isStored(frame) ? saving.get(call) : undefined;
      if (stored !== undefined) ours.add(stored);
      const inquiry = textOf(frame, 'inquiry', ['params', 'inquiry'])?.toLowerCase();
      if (inquiry !== undefined) asked.set(inquiry, { ...spanOf(frame), taken: ours.size });
      const said = answerIn(frame);
      const about = asked.get(String(member(said, 'inquiry')).toLowerCase());
      return about === undefined ? null : look(said, about);
    };
  };
}

function isStored({ perceived: { message, flaws } }: JudgedFrame): boolean {
  return message === 'batchStored' && flaws.length === 0;
}

function spanOf(frame: JudgedFrame): Pick<Asked, 'from' | 'to'> {
  const time = (name: string) => instantOf(textOf(frame, 'inquiry', ['params', name]));
  return { from: time('startTime'), to: time('endTime') };
}

function answerIn(frame: JudgedFrame): unknown {
  const { message } = frame.perceived;
  if (message === 'inquiryResult') return member(contentIn(frame), 'result');
  return message === 'inquiryResponse' ? member(contentIn(frame), 'params') : undefined;
}

const first = instantOf(`${firstDay}T00:00:00Z`);
const last = instantOf('2099-01-01T00:00:00Z');

/** Of an inquiry about all times: what the KMS had taken before is there. */
const totalRight = (most: number) =>
  ofAnswers((said, { from, to, taken }) => {
    const total = Number(member(said, 'total'));
    if (!(from <= first && to >= last) || total >= Math.min(most, taken)) return null;
    return `The total is ${total}, and ${taken} batches were saved before.`;
  });

/** When a batch was made is not on the wire, but none is older than sidecars are. */
const foundInTime = ofAnswers((said, { to }) => {
  const isFound = typeof member(said, 'id') === 'string' && member(said, 'id') !== '';
  return isFound && to < first ? 'A batch was found of a time when there were none.' : null;
});

/** What an inquiry finds, as far as its times tell. */
export const inquiryAudits: readonly Audit[] = [
  auditOfBoth(requirements.totalRight, totalRight(1)),
  auditOfBoth(requirements.totalRight, totalRight(Infinity), ['inquiryVariant', 'single']),
  auditOfBoth(requirements.foundInTime, foundInTime),
];
