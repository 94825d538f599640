/** Keeps the focus in a list that changes. */

const FOCUSABLE = 'button, input, select';

/**
 * Changes a list. If what has the focus is moved, it gets it back; if it is gone, or hidden, the
 * row in its place gets it, or else the panel.
 * @param {Element} list
 * @param {() => void} change
 */
export function keepFocus(list, change) {
  const focused = document.activeElement;
  const place = [...list.children].findIndex((row) => row.contains(focused));
  change();
  if (place >= 0) {
    const row = list.children[Math.min(place, list.children.length - 1)];
    const next = [focused, ...(row?.querySelectorAll(FOCUSABLE) ?? []), list.closest('section')]
      .find((node) => node?.getClientRects().length > 0);
    if (next && next !== document.activeElement) {
      next.focus({ preventScroll: true });
    }
  }
}
