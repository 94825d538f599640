/** Calls the control API. */

import { authorization } from './token.js';

const BASE = '/control/v1';

/** A browser opens six connections to one server; beyond them, a request waits until one is free. */
const PATIENCE = 15_000;

/** What the API refused, in its own words. */
export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** That nobody answers. */
export class Unreachable extends Error {
  constructor(late) {
    super(late
      ? 'The fake does not answer. Is this page open in more than five tabs?'
      : 'The fake does not answer. Is it still running?');
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
  const response = await reached(fetch(BASE + path, {
    method,
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
    ...options,
    headers: { authorization: authorization(), ...options.headers },
  }));
  if (!response.ok) {
    throw new Refused(response.status, await detail(response));
  }
  return response;
}

/** Calls an operation; its result, or null if it has none. */
export async function call(method, path, body) {
  const response = await request(method, path, {
    signal: AbortSignal.timeout(PATIENCE),
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await reached(response.text());
  return text === '' ? null : JSON.parse(text);
}

/** What was asked of the fake, or that it does not answer. */
export async function reached(answer) {
  try {
    return await answer;
  } catch (error) {
    throw error.name === 'AbortError' ? error : new Unreachable(error.name === 'TimeoutError');
  }
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
