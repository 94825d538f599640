/** Draws a channel over time: a line in a row, or a plot with its scales. */

import { svg } from './dom.js';
import { number, timeOfDay } from './words.js';

const LINE = { width: 100, height: 20 };
const PLOT = { width: 560, height: 150, left: 66, right: 12, top: 10, bottom: 22 };

function scale(points) {
  const values = points.map((point) => point.value);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const margin = high === low ? Math.max(1, Math.abs(low) * 0.05) : 0;
  return { first: points[0].time, last: points.at(-1).time, low: low - margin, high: high + margin };
}

function along(points, { first, last, low, high }, left, top, width, height) {
  return points
    .map(({ time, value }) => {
      const x = left + (last === first ? 1 : (time - first) / (last - first)) * width;
      const y = top + (1 - (value - low) / (high - low)) * height;
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
}

/** A line without scales; a change of the points is drawn by redraw. */
export function line() {
  const path = svg('polyline', { class: 'line' });
  const node = svg('svg', {
    class: 'spark', viewBox: `0 0 ${LINE.width} ${LINE.height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true',
  }, path);
  return {
    node,
    redraw(points) {
      path.setAttribute('points', points.length < 2 ? '' : along(points, scale(points), 1, 2, LINE.width - 2, LINE.height - 4));
    },
  };
}

/** So that a label is not longer than it must be. */
function rounded(value) {
  return Number(value.toPrecision(6));
}

/** A plot with scales, and a text for those who do not see it. */
export function plot(name, unit) {
  const node = svg('svg', { class: 'plot', viewBox: `0 0 ${PLOT.width} ${PLOT.height}`, role: 'img' });
  return {
    node,
    redraw(points) {
      node.replaceChildren();
      if (points.length > 0) {
        draw(node, points, name, unit);
      }
    },
  };
}

function draw(node, points, name, unit) {
  const sizes = scale(points);
  const width = PLOT.width - PLOT.left - PLOT.right;
  const height = PLOT.height - PLOT.top - PLOT.bottom;
  const label = (x, y, anchor, text) => svg('text', { x, y, 'text-anchor': anchor }, text);
  const level = (share) => {
    const y = PLOT.top + height * share;
    return [
      svg('line', { class: 'grid', x1: PLOT.left, x2: PLOT.width - PLOT.right, y1: y, y2: y }),
      label(PLOT.left - 8, y + 4, 'end', number(rounded(sizes.high - (sizes.high - sizes.low) * share))),
    ];
  };
  const path = along(points, sizes, PLOT.left, PLOT.top, width, height);
  const [x, y] = path.split(' ').at(-1).split(',');
  node.setAttribute('aria-label',
    `${name}: ${points.length} values from ${number(sizes.low)} to ${number(sizes.high)} ${unit}, now ${number(points.at(-1).value)}`);
  node.append(
    ...level(0), ...level(0.5), ...level(1),
    label(PLOT.left, PLOT.height - 4, 'start', timeOfDay(sizes.first).slice(0, 8)),
    label(PLOT.width - PLOT.right, PLOT.height - 4, 'end', timeOfDay(sizes.last).slice(0, 8)),
    svg('polyline', { class: 'line', points: path }),
    svg('circle', { class: 'dot', cx: x, cy: y, r: 3 }));
}
