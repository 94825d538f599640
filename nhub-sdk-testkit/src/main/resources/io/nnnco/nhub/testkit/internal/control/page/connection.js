/** Keeps in touch with the fake: connects, follows, and connects again by itself. */

import { call, Refused } from './api.js';
import { events } from './stream.js';

/** More than anybody can read, and little enough to draw. */
const RATE = 400;

/** How many entries from before the page was opened it asks for. */
const BEFORE = 500;

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 5_000;

/**
 * @typedef {object} Listener
 * @property {(status: any) => void} connected the page must start afresh
 * @property {(event: {name: string, number: number, data: any, before: boolean}) => void} happened
 *   before: it happened before the page was connected
 * @property {(reason: string, pause: number) => void} lost and tries again after the pause
 * @property {(reason: string) => void} refused and does not try again
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
    try {
      const status = await call('GET', '');
      pause = FIRST_PAUSE;
      listener.connected(status);
      for await (const event of events(Math.max(0, status.last - BEFORE), RATE, abort.signal)) {
        listener.happened({ ...event, before: event.number <= status.last });
      }
    } catch (error) {
      if (error instanceof Refused && error.status === 401) {
        listener.refused(error.message);
        return;
      }
      reason = error.message;
    } finally {
      abort.abort();
    }
    listener.lost(reason, pause);
    await new Promise((resume) => setTimeout(resume, pause));
    pause = Math.min(LONGEST_PAUSE, pause * 2);
  }
}
