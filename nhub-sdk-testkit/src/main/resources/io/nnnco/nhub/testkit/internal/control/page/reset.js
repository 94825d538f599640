/** Starts the fake over, after a question. */

import { call } from './api.js';
import { openDialog, resultLine } from './dialog.js';
import { element } from './dom.js';
import { attempt, say } from './notices.js';
import { oneAtATime } from './once.js';

export function openReset() {
  const result = resultLine();
  const reset = oneAtATime(() => attempt(() => call('POST', '/reset'), () => 'The fake has started over.', (text, bad) => {
    if (bad) {
      result.tell(text, true);
    } else {
      dialog.close();
      say(text);
    }
  }));
  const dialog = openDialog('Start over?', [
    element('p', {}, 'API keys, certificates, sessions, faults, journals and simulated devices are forgotten; ',
      'earlier credentials are void. The ports, the CA and the tokens stay.'),
    result.line,
    element('div', { class: 'actions' },
      element('button', { type: 'button', class: 'danger', click: reset }, 'Reset the fake'),
      element('button', { type: 'button', click: () => dialog.close() }, 'Cancel')),
  ]);
}
