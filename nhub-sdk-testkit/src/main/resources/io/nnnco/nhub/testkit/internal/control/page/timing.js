/** When to draw. */

/**
 * A function that runs the given one in an animation frame, at most once in so many milliseconds,
 * however often it is called.
 */
export function atMostEvery(milliseconds, draw) {
  let last = -Infinity;
  let asked = false;
  const run = () => {
    asked = false;
    last = performance.now();
    draw();
  };
  return () => {
    if (!asked) {
      asked = true;
      const wait = Math.max(0, last + milliseconds - performance.now());
      setTimeout(() => (document.hidden ? run() : requestAnimationFrame(run)), wait);
    }
  };
}
