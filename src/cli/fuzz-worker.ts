import { parentPort, workerData } from 'node:worker_threads';
import { work } from '#src/fuzz/worker.ts';
import { protocols } from '#src/protocols/index.ts';

/** One thread of a campaign: the main thread hands the job over. */
if (parentPort !== null) await work(protocols, workerData, parentPort);
