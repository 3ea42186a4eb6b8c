/** Letters that Unicode does not take apart into a letter and its accent. */
const LETTERS: Record<string, string> = {
  "ß": "ss",
  "æ": "ae",
  "œ": "oe",
  "ø": "o",
  "đ": "d",
  "ł": "l",
  "ı": "i",
};
const WHOLE_LETTERS = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
/** Only the accents of Latin, Greek and Cyrillic: in Indic scripts a mark is a vowel of its own. */
const ACCENTS = /[\u0300-\u036f]/g;
const APOSTROPHES = /['’]/g;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** Scripts that put no spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Knows their words from dictionaries; no locale changes that. */
const SEGMENTER = new Intl.Segmenter(undefined, { granularity: "word" });

/** The text without the differences that a reader does not type: case, accents, ligatures. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(ACCENTS, "")
    .replace(WHOLE_LETTERS, (letter) => LETTERS[letter] ?? letter)
    .trim();
}

/** The folded words of a text, in its order, with repetitions. */
export function wordsOf(text: string): string[] {
  const runs = fold(text).replace(APOSTROPHES, "").match(WORD) ?? [];
  return runs.flatMap((run) => UNSPACED.test(run) ? segmentsOf(run) : run);
}

function segmentsOf(run: string): string[] {
  return Array.from(SEGMENTER.segment(run), ({ segment }) => segment);
}
