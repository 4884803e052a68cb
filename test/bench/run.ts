import { chartContest } from './chart.ts';
import { codecContests } from './codec.ts';
import { judgeContest } from './judge.ts';
import { contend, isReached, table, type Outcome } from './ratio.ts';
import { recordSession } from './session.ts';

/** Speed as ratios of one run: `npm run bench`. Exit 1 where a ratio is not reached. */
const trace = await recordSession();
const outcomes: Outcome[] = [];
for (const contest of [chartContest(trace), ...codecContests(trace), judgeContest(trace)]) {
  process.stderr.write(`${contest.what} …\n`);
  outcomes.push(await contend(contest));
}
console.log(table(outcomes));
process.exitCode = outcomes.every(isReached) ? 0 : 1;
