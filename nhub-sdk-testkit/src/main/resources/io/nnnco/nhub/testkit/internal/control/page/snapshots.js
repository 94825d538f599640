/** Reads, again and again, what has no events of its own. */

import { call, Refused, Unreachable } from './api.js';

const PARTS = {
  status: '', sessions: '/sessions', keys: '/keys', certificates: '/certificates', faults: '/faults', simulators: '/simulators',
};
const REFRESH = 1_000;
const SOON = 150;

/**
 * Reads every second, and soon after it has been asked to; one reading at a time, so that the
 * page never goes back to an older one.
 * @param {() => boolean} wanted whether there is somebody to ask
 * @param {(snapshot: any) => void} show
 * @returns {() => void} asks for a reading soon
 */
export function snapshots(wanted, show) {
  let asked = false;
  let wake = () => {};
  const keepReading = async () => {
    for (;;) {
      if (!asked) {
        await new Promise((resume) => {
          wake = resume;
          setTimeout(resume, REFRESH);
        });
      }
      await new Promise((resume) => setTimeout(resume, SOON));
      asked = false;
      if (wanted()) {
        await read(show);
      }
    }
  };
  keepReading();
  return () => {
    asked = true;
    wake();
  };
}

async function read(show) {
  try {
    const parts = await Promise.all(
      Object.entries(PARTS).map(async ([name, path]) => [name, await call('GET', path)]));
    show(Object.fromEntries(parts));
  } catch (error) {
    if (!(error instanceof Refused || error instanceof Unreachable)) {
      reportError(error);
    }
    // The stream of events finds out about the others, too, and says so.
  }
}
