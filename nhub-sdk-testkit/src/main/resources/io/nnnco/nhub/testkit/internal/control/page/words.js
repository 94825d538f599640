/** How numbers, times and names are written. */

const NUMBERS = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

/** 1234.5 as 1,234.5. */
export function number(value) {
  return NUMBERS.format(value);
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
  return text.length > most ? `${text.slice(0, most)} …` : text;
}

/** A reason code as the guides write it. */
export function hex(code) {
  return `0x${code.toString(16).toUpperCase().padStart(2, '0')}`;
}
