import { World } from '@cucumber/cucumber';
import { PlayEnded, traceText } from '#src/index.ts';
import type { JudgedFrame, OpenTarget, Play, Protocol, Subject, Utterance } from '#src/index.ts';
import { Broken, plainly } from './broken.ts';
import { messageNamed, nameOf, titled } from './names.ts';
import type { Parameters, Targets } from './targets.ts';

/** What a step gives back: nothing, or that the rest of the scenario says nothing of the target. */
export type Outcome = 'skipped' | undefined;

/** What is bent in a message that is said. */
export type Bend = Omit<Utterance, 'message'>;

/** Of a scenario in which nothing was said. */
const unjudged = { violation: null, verdict: 'pass', note: null } as const;

/**
 * One scenario: a play against its target. We take the other side's part; what steps do makes a
 * trace, what they check is read off it, and in the end the judge judges the whole of it.
 */
export class QkdWorld extends World<Parameters> {
  #scene: { readonly subject: Subject; readonly targets: Targets; readonly name: string } | null =
    null;
  #play: Play | null = null;
  /** Why the play is over before the scenario is. */
  #ended: PlayEnded | null = null;
  /** Frames that earlier steps have dealt with. */
  #seen = 0;

  /** Puts a scenario before its target. Nothing is connected before a step needs it. */
  begin(subject: Subject, targets: Targets, name: string): void {
    this.#scene = { subject, targets, name };
  }

  /** The target, and the protocol that it speaks. */
  get subject(): Subject {
    return this.#sceneNow.subject;
  }

  get targets(): Targets {
    return this.#sceneNow.targets;
  }

  get protocol(): Protocol {
    return this.subject.protocol;
  }

  /** The side under test. */
  get peer(): string {
    return this.subject.profile.side;
  }

  /** True where the side under test is a client: it chooses the way, we follow. */
  get leads(): boolean {
    return this.peer !== this.protocol.model.server;
  }

  /** True where what both sides say may cross: an answer need not be what comes next. */
  get #mayCross(): boolean {
    return !this.protocol.model.turnTaking;
  }

  /** The play, opened when it is first needed. */
  async playing(): Promise<Play> {
    const { name } = this.#sceneNow;
    try {
      this.#play ??= await (await this.#target()).play(name);
    } catch (fault) {
      throw plainly(fault);
    }
    return this.#play;
  }

  /** Everything said so far, as the judge sees it. */
  get frames(): readonly JudgedFrame[] {
    return this.#play?.frames() ?? [];
  }

  /** What the side under test said last; `undefined` where we have spoken since. */
  get answer(): JudgedFrame | undefined {
    const last = this.frames.at(-1);
    return last?.by === 'peer' ? last : undefined;
  }

  /** Goes on, by the usual way, to a state of the model. */
  async reach(state: string): Promise<Outcome> {
    const missed = await this.attempt(async ({ player }) => {
      if (!this.leads) return player.walk(state);
      await player.improvise(() => player.states.includes(state));
      if (player.states.includes(state)) return;
      throw new PlayEnded('unreachable', `${titled(this.peer)} did not come to ${state}`);
    });
    this.#seen = this.frames.length;
    return missed;
  }

  /** Says a message as the side that we play; what comes of it is for a later step. */
  async say(message: string, bend: Bend = {}): Promise<Outcome> {
    const { never, safe } = this.subject.profile;
    if (never.includes(message)) return this.skip(`the profile says never to send ${message}`);
    const bent = bend.frame !== undefined || bend.bytes !== undefined;
    if (safe && bent) return this.skip('safe mode: nothing malformed is sent');
    if (this.#ended !== null) return this.#astray(this.#ended);
    const { player } = await this.playing();
    this.#seen = this.frames.length + 1;
    await this.#until(async () => void (await player.say(message, bend)));
    return undefined;
  }

  /** The side under test must have said, or must say next, one of these messages. */
  async hear(names: readonly string[]): Promise<Outcome> {
    const wanted = names.map((name) => messageNamed(this.protocol, name));
    const isWanted = ({ perceived }: JudgedFrame) => wanted.includes(perceived.message ?? '');
    const heard = () => {
      const since = this.frames.slice(this.#seen).filter(({ by }) => by === 'peer');
      return (this.#mayCross ? since.find(isWanted) : undefined) ?? since.at(-1);
    };
    const said = () => wanted.includes(heard()?.perceived.message ?? '');
    const missed = await this.attempt(async ({ player }) => {
      if (this.leads) await player.improvise(said);
      else if (this.#mayCross) while (!said() && (await player.hear()).kind === 'frame');
      else if (this.answer === undefined) await player.hear();
    });
    if (missed !== undefined) return missed;
    const found = said();
    const actual = nameOf(this.protocol, heard()?.perceived ?? this.answer?.perceived);
    if (this.leads) this.#seen = this.frames.length;
    if (found) return undefined;
    return this.differs(`${titled(this.peer)} sent ${actual}, not ${names.join(' or ')}`);
  }

  /** Plays; a peer that leaves the model ends the step, with the judge's word for it. */
  async attempt(act: (play: Play) => Promise<unknown>): Promise<Outcome> {
    const play = await this.playing();
    if (this.#ended === null) await this.#until(() => act(play));
    return this.#ended === null ? undefined : this.#astray(this.#ended);
  }

  /** What happened is not what the scenario tells: red, unless another reading allows it. */
  differs(how: string): Outcome {
    const { violation, verdict, note } = this.#play?.verdict() ?? unjudged;
    if (violation !== null) throw new Broken(violation.explanation);
    if (verdict === 'reading') return this.skip(note ?? 'it reads the document otherwise');
    throw new Broken(how);
  }

  /** Leaves the scenario for what a target may do: red only where the judge finds a fault. */
  declines(how: string): Outcome {
    const { violation } = this.#play?.verdict() ?? unjudged;
    if (violation !== null) throw new Broken(violation.explanation);
    return this.skip(how);
  }

  /** Leaves the scenario, saying why. */
  skip(why: string): 'skipped' {
    this.log(`Skipped: ${why}.`);
    return 'skipped';
  }

  /** Ends the play, judges the whole trace and keeps it in the report. */
  async finish(status: string): Promise<void> {
    const play = this.#play;
    if (play === null) return;
    const passed = status === 'PASSED';
    if (passed && !this.#tookLeave) await this.#until(() => play.player.conclude());
    await play[Symbol.asyncDispose]();
    const { verdict, violation, note } = play.verdict();
    const why = note === null ? '' : `; ${note}`;
    this.attach(traceText(this.protocol, play.trace()), 'text/plain');
    this.log(`The judge says: ${verdict}${why}.`);
    if (verdict === 'warn') this.log(violation?.explanation ?? '');
    if (status === 'FAILED' || verdict === 'fail') await (await this.#target()).reset();
    if (verdict === 'fail' && passed) throw new Broken(violation?.explanation ?? '');
  }

  /** Whether nothing is left to say: the last words are said, or the play ended before. */
  get #tookLeave(): boolean {
    const lastWords = Object.values(this.protocol.farewell).map((words) => words.at(-1));
    const said = this.frames.findLast(({ by }) => by === 'player')?.perceived.message;
    return this.#ended !== null || lastWords.includes(said ?? '');
  }

  #target(): Promise<OpenTarget> {
    return this.targets.open(this.subject, this.parameters);
  }

  get #sceneNow() {
    if (this.#scene === null) throw new Error('the hooks of qkdspec/cucumber did not run');
    return this.#scene;
  }

  async #until(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (fault) {
      if (!(fault instanceof PlayEnded)) throw plainly(fault);
      this.#ended = fault;
    }
  }

  /** A client goes where it likes: a way that it does not take says nothing against it. */
  #astray(ended: PlayEnded): Outcome {
    const { violation } = this.#play?.verdict() ?? unjudged;
    const elsewhere = ended.why === 'unreachable' && this.leads && violation === null;
    return elsewhere ? this.skip(ended.message) : this.differs(ended.message);
  }
}
