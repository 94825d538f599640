/** Calls the control API. */

import { authorization } from './token.js';

const BASE = '/control/v1';

/** What the API refused, in its own words. */
export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** That nobody answers. */
export class Unreachable extends Error {
  constructor() {
    super('The fake does not answer. Is it still running?');
  }
}

/**
 * A response that is good.
 * @param {string} method
 * @param {string} path below the version
 * @param {RequestInit} [options]
 * @returns {Promise<Response>}
 */
export async function request(method, path, options = {}) {
  let response;
  try {
    response = await fetch(BASE + path, {
      method,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      ...options,
      headers: { authorization: authorization(), ...options.headers },
    });
  } catch (error) {
    throw error.name === 'AbortError' ? error : new Unreachable();
  }
  if (!response.ok) {
    throw new Refused(response.status, await detail(response));
  }
  return response;
}

/** Calls an operation; its result, or null if it has none. */
export async function call(method, path, body) {
  const response = await request(method, path, body && {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return text === '' ? null : JSON.parse(text);
}

/** A path of segments that may have any characters. */
export function path(...segments) {
  return segments.map((segment) => `/${encodeURIComponent(segment)}`).join('');
}

/** The absolute address of an operation, for programs other than this page. */
export function address(below) {
  return location.origin + BASE + below;
}

async function detail(response) {
  try {
    return (await response.json()).detail;
  } catch {
    return `The fake answered with ${response.status} ${response.statusText}.`;
  }
}
