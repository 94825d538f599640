/** Dialogs: the browser’s own, which keep the focus and close on Escape. */

import { element, setText } from './dom.js';

let lastId = 0;

/**
 * Opens a dialog with this title, which is gone when it is closed.
 * @param {string} title
 * @param {(Node|string)[]} content
 * @returns {HTMLDialogElement}
 */
export function openDialog(title, content) {
  const id = `dialog-${++lastId}`;
  const close = element('button', { type: 'button', class: 'plain', 'aria-label': 'Close', click: () => dialog.close() }, '✕');
  const dialog = element('dialog', { 'aria-labelledby': id },
    element('div', { class: 'dialog-head' }, element('h2', { id }, title), close),
    ...content);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) {
      dialog.close(); // beside it
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** An output at the end of a form, and how to write to it. */
export function resultLine() {
  const line = element('output', { class: 'result' });
  return {
    line,
    tell(text, bad = false) {
      setText(line, text);
      line.classList.toggle('bad', bad);
    },
  };
}
