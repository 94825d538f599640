/**
 * The token: it comes in the fragment of the address, which browsers do not send, is taken out of
 * the address at once, and is kept for this tab only.
 */

const KEY = 'fake-nhub-token';

let token = '';

/** Reads the token of this tab; empty if there is none. */
export function findToken() {
  const given = location.hash.match(/^#token=(.*)$/)?.[1];
  if (given !== undefined) {
    history.replaceState(null, '', location.pathname);
    keepToken(decoded(given));
  } else {
    token = storage()?.getItem(KEY) ?? '';
  }
  return token;
}

/** The tab's storage; null if the browser is set to keep nothing, which is no reason to show nothing. */
function storage() {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

/** Uses this token from now on. */
export function keepToken(text) {
  token = text.trim();
  storage()?.setItem(KEY, token);
}

/** Forgets it, because the fake has another. */
export function forgetToken() {
  token = '';
  storage()?.removeItem(KEY);
}

/** The header that shows it; characters that no header can have are no token of a fake. */
export function authorization() {
  return `Bearer ${token.replace(/[^\x21-\x7e]/g, '?')}`;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
