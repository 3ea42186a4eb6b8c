/** White space, controls, and characters that Unicode says are not displayed; U+2800 is the blank of Braille. */
const NOTHING_VISIBLE = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]*$/u;

/** More than the 30 that any language stacks (UAX #15, 13: Stream-Safe Text Format). */
const TOO_MANY_MARKS = /(?<!\p{M})\p{M}{31}/u;

/**
 * Returns the form in which texts are stored and compared: NFC, trimmed. A text without a visible character is empty.
 *
 * WARNING: a text with {@link stacksMarks} is returned unchanged and must be refused.
 */
export function normalText(text: string): string {
  return trimmedText(stacksMarks(text) ? text : text.normalize("NFC"));
}

/**
 * Returns whether a letter has more accents and other marks than in any language. Normalising takes quadratic time: a
 * megabyte of marks would block the process for minutes.
 */
export function stacksMarks(text: string): boolean {
  return TOO_MANY_MARKS.test(text);
}

/** Trims a text and leaves the rest unchanged; a text without a visible character becomes empty. */
export function trimmedText(text: string): string {
  return isBlank(text) ? "" : text.trim();
}

/** NUL is not blank: it is refused at any place. */
function isBlank(text: string): boolean {
  return NOTHING_VISIBLE.test(text) && !text.includes("\0");
}

/** Counts characters as Unicode and JSON Schema do: an emoji of one code point is one. */
export function countChars(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Letters that Unicode does not decompose into a letter and its accent. */
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
 * Removes differences that people do not type: case, accents, ligatures. Cities, types and venues are compared in this
 * form.
 */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(ACCENTS, "")
    .replace(WHOLE_LETTERS, (letter) => LETTERS[letter] ?? letter)
    .trim();
}
