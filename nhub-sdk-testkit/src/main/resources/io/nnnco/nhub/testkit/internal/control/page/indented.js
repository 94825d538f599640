/** Makes JSON legible. */

const INDENT = '  ';
const TOKENS = /"(?:[^"\\]|\\.)*"|\{\s*\}|\[\s*\]|[{}[\],:]|\s+/g;

/** JSON with line breaks, and otherwise as it is: a parser would change numbers such as 1e400 and 21.0. */
export function indented(json) {
  let line = '\n';
  return json.replace(TOKENS, (token) => {
    switch (token) {
      case '{':
      case '[':
        line += INDENT;
        return token + line;
      case '}':
      case ']':
        line = line.slice(0, -INDENT.length) || '\n';
        return line + token;
      case ',':
        return token + line;
      case ':':
        return ': ';
      default:
        return token.trim();
    }
  });
}
