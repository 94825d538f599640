/** What is pressed once acts once. */

/**
 * A listener that does nothing while it is still at it. Its button is not disabled meanwhile,
 * because a disabled button loses the focus.
 * @param {() => Promise<void>} action
 */
export function oneAtATime(action) {
  let busy = false;
  return async (event) => {
    event.preventDefault();
    if (!busy) {
      busy = true;
      await action().finally(() => (busy = false));
    }
  };
}

/**
 * Takes a double click, or a key that is held, for one press: the first may have put another
 * button in its place.
 */
export function pressOnce() {
  document.addEventListener('click', (event) => {
    if (event.detail > 1 && event.target.closest('button')) {
      stop(event);
    }
  }, true);
  document.addEventListener('keydown', (event) => {
    if (event.repeat && event.key === 'Enter' && !event.target.closest('textarea')) {
      stop(event);
    }
  }, true);
}

function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}
