import { parentPort, workerData } from 'node:worker_threads';
import { protocols } from '#src/protocols/index.ts';
import { sit } from '#src/proxy/court-thread.ts';
import { keepTrace } from './run-folder.ts';

/** The thread that judges what a proxy passes on: the main thread hands its plan over. */
if (parentPort !== null) {
  sit(protocols, parentPort, {
    plan: workerData,
    keep: (id, trace) => keepTrace(workerData.folder, id, trace),
  });
}
