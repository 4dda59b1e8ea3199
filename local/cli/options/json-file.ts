/** JSON as people write it into files, with errors that help them. */

/**
 * Parses JSON that may begin with a byte order mark, as some editors write it and as the CDK reads it.
 * @param refusal makes the error from what was found instead of JSON.
 */
export function parseJsonFile(text: string, refusal: (found: string) => Error): unknown {
  const json = text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text;
  try {
    return JSON.parse(json);
  } catch (error) {
    const line = lineOfComment(json);
    throw refusal(
      line === undefined
        ? `text that is not JSON (${String(error)}); allowed: one JSON object`
        : `a comment in line ${line}; allowed: JSON, which has no comments, and the CDK does not read them either`,
    );
  }
}

const BYTE_ORDER_MARK = '\uFEFF';

/** The line of the first comment, as it is written in JavaScript; undefined where there is none. */
function lineOfComment(json: string): number | undefined {
  // Strings are skipped as they are, so that the `//` of an address is no comment.
  const [before] = /^(?:"(?:[^"\\]|\\.)*"|[^"/]|\/(?![/*]))*(?=\/[/*])/.exec(json) ?? [];
  return before?.split('\n').length;
}
