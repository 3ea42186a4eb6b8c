/** White space, controls, and characters that Unicode says are not displayed; U+2800 is the blank of Braille. */
const NOTHING_VISIBLE = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]*$/u;

/** More than the 30 that any language stacks (UAX #15, 13: Stream-Safe Text Format). */
const TOO_MANY_MARKS = /(?<!\p{M})\p{M}{31}/u;

/**
 * The one form in which texts are stored and compared: NFC, without white space at its ends. A text without any
 * visible character is the empty text.
 *
 * WARNING: a text of {@link stacksMarks} stays as it came, and must be refused.
 */
export function normalText(text: string): string {
  return trimmedText(stacksMarks(text) ? text : text.normalize("NFC"));
}

/**
 * Whether more accents and other marks are on one letter than in any language. Normalising takes the square of their
 * number: a megabyte of them would hold up the process for minutes.
 */
export function stacksMarks(text: string): boolean {
  return TOO_MANY_MARKS.test(text);
}

/** The text without white space at its ends, otherwise as it came; without any visible character it is empty. */
export function trimmedText(text: string): string {
  return isBlank(text) ? "" : text.trim();
}

/** NUL is no blank: it is refused wherever it stands. */
function isBlank(text: string): boolean {
  return NOTHING_VISIBLE.test(text) && !text.includes("\0");
}

/** How many characters a reader of Unicode or JSON Schema counts: an emoji of one code point is one. */
export function countChars(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Letters that Unicode does not take apart into a letter and its accent. */
const LETTERS: Record<string, string> = {
  "ß": "ss",
  "æ": "ae",
  "œ": "oe",
  "ø": "o",
  "đ": "d",
  "ł": "l",
  "ı": "i",
  "ς": "σ",
};
const WHOLE_LETTERS = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
/** Only the accents of Latin, Greek and Cyrillic: in Indic scripts a mark is a vowel of its own. */
const ACCENTS = /[\u0300-\u036f]/g;

/**
 * The text without the differences that a reader does not type: case, accents, ligatures. Everything that compares
 * cities, types or venues compares this.
 */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(ACCENTS, "")
    .replace(WHOLE_LETTERS, (letter) => LETTERS[letter] ?? letter)
    .trim();
}
