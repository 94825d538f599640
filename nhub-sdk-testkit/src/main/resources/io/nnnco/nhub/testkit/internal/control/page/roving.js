/** One tab stop for a whole list: arrow keys go from row to row, Enter opens one. */

/**
 * Makes the rows of a list reachable; a row is a <button> in an <li>.
 * @param {HTMLElement} list
 */
export function arrowKeys(list) {
  list.addEventListener('keydown', (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    const rows = [...list.querySelectorAll('button.row')];
    if (step === undefined || rows.length === 0) {
      return;
    }
    event.preventDefault();
    const place = rows.indexOf(document.activeElement) + step;
    rows[Math.min(rows.length - 1, Math.max(0, place))].focus();
  });
  list.addEventListener('focusin', (event) => oneStop(list, event.target.closest('button.row')));
}

/** Makes this row the one that the tab key stops at; or the first, if there is none yet. */
export function oneStop(list, wanted) {
  const rows = [...list.querySelectorAll('button.row')];
  const stop = wanted ?? rows.find((row) => row.tabIndex === 0) ?? rows[0];
  rows.forEach((row) => (row.tabIndex = row === stop ? 0 : -1));
}
