/** Says how an action has ended: an error in the words of the API. */

import { element } from './dom.js';
import { oneAtATime } from './once.js';

const SHOWN = 4;
const SECONDS = 6;

/** Shows a text; an error stays until it is closed. */
export function say(text, bad = false) {
  const list = document.getElementById('notices');
  const close = element('button', { type: 'button', class: 'plain', 'aria-label': 'Close', click: () => notice.remove() }, '✕');
  const notice = element('p', { class: bad ? 'notice bad' : 'notice' }, element('span', {}, text), close);
  list.append(notice);
  while (list.children.length > SHOWN) {
    list.firstElementChild.remove();
  }
  if (!bad) {
    setTimeout(() => notice.remove(), SECONDS * 1000);
  }
}

/** Calls it when an action has changed the fake, so that the page reads it again. */
export const changed = new EventTarget();

/**
 * Does something at the fake and says how it ended.
 * @template T
 * @param {() => Promise<T>} action
 * @param {(result: T) => string} done
 * @param {(text: string, bad?: boolean) => void} [tell]
 */
export async function attempt(action, done, tell = say) {
  try {
    tell(done(await action()));
  } catch (error) {
    tell(error.message, true);
  }
  changed.dispatchEvent(new Event('change'));
}

/** A button that does something at the fake. */
export function actionButton(label, action, done, attributes = {}) {
  return element('button', { type: 'button', ...attributes, click: oneAtATime(() => attempt(action, done)) }, label);
}
