/** What a terminal obeys, what turns the direction of a line around, and separators that are no blank. */
const CONTROL = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/gu;

/**
 * A text that may quote what somebody else wrote, fit to be shown: every control character but line
 * feed and tab stands as its escape, "\u001b". Within JSON that escape means the same character, so
 * JSON keeps its meaning.
 */
export function printable(text: string): string {
  return text.replace(CONTROL, (character) =>
    character === '\n' || character === '\t'
      ? character
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
