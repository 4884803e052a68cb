import { Given, Then, When } from '@cucumber/cucumber';
import { judge, readTrace, replayStored, traceText } from '#src/index.ts';
import type { Expectation, Trace } from '#src/index.ts';
import { Broken } from '../support/broken.ts';
import type { QkdWorld } from '../support/world.ts';

/** What a scenario has of a trace that was stored: itself, and how it went when it was played again. */
interface Stored {
  readonly trace: Trace;
  readonly again: Trace | null;
}

const stored = new WeakMap<QkdWorld, Stored>();

Given('the stored trace', function (this: QkdWorld, text: string) {
  const read = readTrace(text);
  if (!read.ok) throw new Error(`this is no qkdspec-trace/1: ${read.problem}`);
  stored.set(this, { trace: read.trace, again: null });
});

When('it is played again', async function (this: QkdWorld) {
  const { trace } = storedIn(this);
  await this.targets.close(this.subject);
  const { seed = trace.seed } = this.parameters;
  const { signal } = new AbortController();
  const again = await replayStored(this.subject, trace, { seed, signal });
  stored.set(this, { trace, again });
  this.attach(traceText(this.protocol, again), 'text/plain');
});

Then('the model allows all of it', function (this: QkdWorld) {
  expectAllowed(this, null);
});

Then('the model and the case {string} allow all of it', function (this: QkdWorld, id: string) {
  const { expect } = this.protocol.cases.find((one) => one.id === id) ?? {};
  if (expect === undefined) throw new Error(`there is no case '${id}' that expects anything`);
  expectAllowed(this, expect);
});

function expectAllowed(world: QkdWorld, expectation: Expectation | null): void {
  const { again } = storedIn(world);
  if (again === null) throw new Error('it was not played again');
  const { readings } = world.subject.profile;
  const { violation } = judge(world.protocol, again, readings, expectation);
  if (violation !== null) throw new Broken(violation.explanation);
}

function storedIn(world: QkdWorld): Stored {
  const found = stored.get(world);
  if (found === undefined) throw new Error('there is no stored trace');
  return found;
}
