import { parentPort } from 'node:worker_threads';
import { workOnKills } from '#src/bench/kill-worker.ts';
import { protocols } from '#src/protocols/index.ts';

/** One thread of the kill matrix: the main thread hands one job after the other over. */
if (parentPort !== null) workOnKills(protocols, parentPort);
