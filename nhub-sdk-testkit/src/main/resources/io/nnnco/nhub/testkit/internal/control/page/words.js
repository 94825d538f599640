/** How numbers, times and names are written. */

const NUMBERS = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });
const LARGE = 1e15;
const SMALL = 1e-4;

/** 1234.5 as 1,234.5; what is very large or very small as 1e+30. */
export function number(value) {
  const size = Math.abs(value);
  const plain = size === 0 || (size >= SMALL && size < LARGE) || size === Infinity;
  return plain ? NUMBERS.format(value) : String(Number(value.toPrecision(6)));
}

/** A number with its noun: 1 device, 2 devices. */
export function count(value, one, many = `${one}s`) {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** A time of day, with milliseconds, as in the fake's log. */
export function timeOfDay(instant) {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(11, 23);
}

/** A date with its time to the minute. */
export function dateAndTime(instant) {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 16).replace('T', ' ');
}

/** A value of any JSON type, on one line. */
export function value(any) {
  if (typeof any === 'number') {
    return number(any);
  }
  return typeof any === 'string' ? any : JSON.stringify(any) ?? '';
}

/** NOT_YET_VALID as “not yet valid”. */
export function plain(constant) {
  return constant.toLowerCase().replaceAll('_', ' ');
}

/** A text that is cut if it is too long for a line. */
export function short(text, most = 200) {
  return text.length > most ? `${cut(text, most)} …` : text;
}

/** The beginning of a text, as a copy: a slice would keep the whole text in memory. */
export function cut(text, most) {
  return structuredClone(text.slice(0, most));
}

/** A reason code as the guides write it. */
export function hex(code) {
  return `0x${code.toString(16).toUpperCase().padStart(2, '0')}`;
}
