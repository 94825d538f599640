/** Keeps in touch with the fake: connects, follows, and connects again by itself. */

import { call, Refused } from './api.js';
import { events } from './stream.js';

/** More than anybody can read, and little enough to draw. */
const RATE = 400;

/** Of how many entries from before the page was opened it asks for those that it shows. */
const BEFORE = 1_000;
const SHOWN_FROM_BEFORE = ['messages', 'connects', 'disconnects', 'subscriptions', 'requests', 'drops', 'handshakeFailures'];

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 5_000;

/**
 * @typedef {object} Listener
 * @property {(status: any) => void} connected the page must start afresh
 * @property {(event: {name: string, number: number, data: any, before?: boolean}) => void} happened
 *   before: it happened before the page was connected
 * @property {(reason: string, pause: number) => void} lost and tries again after the pause
 * @property {() => void} refused the token, and does not try again
 */

/**
 * Follows the fake until the token is refused.
 * @param {Listener} listener
 */
export async function follow(listener) {
  let pause = FIRST_PAUSE;
  for (;;) {
    let reason = 'The fake has closed the connection.';
    const abort = new AbortController();
    const start = performance.now();
    try {
      const status = await call('GET', '');
      listener.connected(status);
      (await past(status.last)).forEach(listener.happened);
      for await (const event of events(status.last, RATE, abort.signal)) {
        listener.happened(event);
      }
    } catch (error) {
      if (error instanceof Refused && error.status === 401) {
        listener.refused();
        return;
      }
      reason = error.message;
    } finally {
      abort.abort();
    }
    pause = performance.now() - start > LONGEST_PAUSE ? FIRST_PAUSE : pause;
    listener.lost(reason, pause);
    await new Promise((resume) => setTimeout(resume, pause));
    pause = Math.min(LONGEST_PAUSE, pause * 2);
  }
}

/** What the journals have from before this number. */
async function past(last) {
  const after = Math.max(0, last - BEFORE);
  const pages = await Promise.all(SHOWN_FROM_BEFORE.map(async (name) => {
    const { entries } = await call('GET', `/journals/${name}?after=${after}&limit=${BEFORE}`);
    return entries.map((data) => ({ name, number: data.number, data, before: true }));
  }));
  return pages.flat().filter(({ number }) => number <= last).sort((one, other) => one.number - other.number);
}
