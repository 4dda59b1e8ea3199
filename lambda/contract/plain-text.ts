/** Text from elsewhere (descriptions, tags, errors) made fit to be shown: in a terminal, a log line, a mail. */

/**
 * Control characters, line and paragraph separators, marks that change the direction of text or cannot be seen, and
 * halves of characters: whatever could move a cursor, break a line or make text look like other text.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** The text on one line, with a blank where there were characters that cannot be seen. */
export function plainText(text: string): string {
  return text.replace(UNSEEN, ' ');
}

/** Of a text that is cut, this part is from its end: IAM says there why it refused, and the ARN of the policy. */
const SHARE_OF_END = 0.6;
const GAP = ' … ';

/**
 * The text with its middle left out where it is too long.
 * @param longest characters to keep to, at least 20.
 */
export function shortened(text: string, longest: number): string {
  const characters = [...text];
  if (characters.length <= longest) return text;
  const kept = longest - GAP.length;
  const atEnd = Math.floor(kept * SHARE_OF_END);
  return [...characters.slice(0, kept - atEnd), GAP, ...characters.slice(-atEnd)].join('');
}
