/**
 * Makes elements. What comes from the fake gets into the page here only, and only as text.
 */

import { keepFocus } from './focus.js';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element: its attributes, with functions as listeners of the events they are named by, and
 * its children, of which null and false are left out.
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Node|string|number|null|false|undefined)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for what is in an <svg>. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      node.addEventListener(name, value);
    } else if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
  node.append(...children
    .filter((child) => child !== null && child !== false && child !== undefined)
    .map((child) => (child instanceof Node ? child : legible(child))));
  return node;
}

/** Characters that are not seen, but change how others are written: they are shown by number. */
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;

function legible(text) {
  return String(text).replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Sets a text, and leaves the document alone if it is the same. */
export function setText(node, text) {
  const shown = legible(text);
  if (node.textContent !== shown) {
    node.textContent = shown;
  }
}

/** Shows or hides an element. */
export function show(node, shown) {
  node.hidden = !shown;
}

/**
 * Makes the children of a list those of the items: those with a known key are kept, so that focus
 * and what somebody types stay where they are.
 * @template T
 * @param {Element} list
 * @param {T[]} items
 * @param {(item: T) => string} keyOf
 * @param {(item: T) => {node: Element, update: (item: T) => void}} make
 */
export function keepRows(list, items, keyOf, make) {
  keepFocus(list, () => changeRows(list, items, keyOf, make));
}

function changeRows(list, items, keyOf, make) {
  const rows = (list.rows ??= new Map());
  const keys = new Set(items.map(keyOf));
  for (const [key, row] of rows) {
    if (!keys.has(key)) {
      row.node.remove();
      rows.delete(key);
    }
  }
  let place = list.firstElementChild;
  for (const item of items) {
    let row = rows.get(keyOf(item));
    if (!row) {
      row = make(item);
      rows.set(keyOf(item), row);
    }
    row.update(item);
    if (row.node === place) {
      place = place.nextElementSibling;
    } else {
      list.insertBefore(row.node, place);
    }
  }
}

let lastId = 0;

/**
 * A field with its label, which is not around it: what is chosen in it is no part of its name.
 * @param {string} label
 * @param {HTMLElement} input
 * @param {string} [kind] further classes
 */
export function field(label, input, kind = '') {
  input.id = `field-${++lastId}`;
  return element('div', { class: `field ${kind}` }, element('label', { for: input.id }, label), input);
}

/** A <select> of these values, each with its text. */
export function choice(options, attributes = {}) {
  const entries = Array.isArray(options) ? options.map((value) => [value, value]) : Object.entries(options);
  return element('select', attributes, ...entries.map(([value, text]) => element('option', { value }, text)));
}
