import { fold } from "@evently/shared/text";

export { fold };

const APOSTROPHES = /['’]/g;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const LETTER = /\p{L}/u;
/** Scripts that put no spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Boundary between words without a space: `JazzFest`, `DJSnake`. */
const CASE_BORDER = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;
const DIGIT_BORDER = /(?<=\p{L}\p{M}*)(?=\p{N})|(?<=\p{N})(?=\p{L})/u;
/** Signs that replace a letter inside a name: P!nk, Ke$ha. */
const LETTER_SIGNS: Readonly<Record<string, string>> = { "!": "i", "$": "s", "@": "a", "€": "e" };
const LETTER_SIGN = /(?<=[\p{L}\p{N}])[!$@€](?=[\p{L}\p{N}])/gu;
const QUOTES = /["“”]/g;
/** Variation selectors (colour or monochrome); people type either. */
const EMOJI_STYLE = /[\uFE0E\uFE0F]/g;
const EMOJI = /\p{Extended_Pictographic}/u;

/** Longer words are cut, in events and queries alike; Elasticsearch would split them. */
const MAX_WORD_CHARS = 100;
/** A run of more words joined by signs, such as a URL, is not a name. */
const MAX_JOINED_WORDS = 8;
/** Words are not split into shorter pieces: the `u` of u2 and the `s` of 90s mean nothing alone. */
const MIN_PIECE_CHARS = 2;

let segmenter: Intl.Segmenter | undefined;

/** The folded words of a text, in order and with repetitions; the signs of a text that has nothing else. */
export function wordsOf(text: string): string[] {
  const words = lettersAndDigits(text);
  return words.length > 0 ? words : signsOf(text);
}

/**
 * The words by which a text is found: {@link wordsOf} in order, so that phrases match, then their alternative
 * spellings. A sign inside a word does not split it (AC/DC is also `acdc`, P!nk also `pink`); a change of case, and
 * one between letters and digits, do (JazzFest2027 is also `jazz fest 2027`).
 */
export function indexedWords(text: string): string[] {
  const words = wordsOf(text);
  const others = text.split(/\s+/).flatMap((run) => [
    ...joinedForms(run),
    ...piecesOf(run, DIGIT_BORDER),
    ...piecesOf(run, CASE_BORDER, DIGIT_BORDER),
    ...(EMOJI.test(run) ? signsOf(run) : []),
  ]);
  const known = new Set(words);
  return [...words, ...others.filter((word) => !known.has(word))];
}

/** A query word, and the unsplit words that stand for it and its neighbours together (`acdc` for `ac dc`). */
export interface SoughtWord {
  word: string;
  wholes: readonly string[];
}

/** The words of a query. `AC/DC` is `ac` and `dc`; an event may have `acdc` in place of either. */
export function soughtWords(text: string): SoughtWord[] {
  const sought = text.split(/\s+/).flatMap((run) => {
    const words = lettersAndDigits(run);
    const pieces = words.flatMap((word) => split(word, DIGIT_BORDER));
    const wholes = pieces.length > 1 ? new Set([...joinedForms(run), ...whole(words)]) : [];
    return pieces.map((word) => ({ word, wholes: [...wholes] }));
  });
  return sought.length > 0 ? sought : signsOf(text).map((word) => ({ word, wholes: [] }));
}

function lettersAndDigits(text: string): string[] {
  const runs = fold(text).replace(APOSTROPHES, "").match(WORD) ?? [];
  return runs.flatMap((run) => UNSPACED.test(run) ? segmentsOf(run) : run).map(cut);
}

/** Splits text of scripts without spaces. The segmenter is slow to load, so it is created on first use. */
function segmentsOf(run: string): string[] {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "word" });
  return Array.from(segmenter.segment(run), ({ segment }) => segment);
}

/** The runs between white space in a text without letters and digits. */
function signsOf(text: string): string[] {
  return fold(text).replace(QUOTES, "").replace(EMOJI_STYLE, "").split(/\s+/)
    .filter((run) => run !== "").map(cut);
}

/** The run with its inner signs removed, and with {@link LETTER_SIGNS} replaced; empty where there are none. */
function joinedForms(run: string): string[] {
  const forms = [run, run.replace(LETTER_SIGN, (sign) => LETTER_SIGNS[sign] ?? sign)];
  const words = forms.map(lettersAndDigits);
  const isName = words[0]!.length > 1 && words[0]!.length <= MAX_JOINED_WORDS &&
    LETTER.test(run) && !UNSPACED.test(run);
  return isName ? [...new Set(words.map((parts) => cut(parts.join(""))))] : [];
}

/** The word itself, if the run is one word that was split at its digits. */
function whole(words: readonly string[]): readonly string[] {
  return words.length === 1 ? words : [];
}

function piecesOf(run: string, ...borders: readonly RegExp[]): string[] {
  const pieces = borders.reduce((parts, border) => parts.flatMap((part) => split(part, border)), [
    run,
  ]);
  return pieces.length > 1 ? pieces.flatMap(lettersAndDigits) : [];
}

/** The pieces of a word, or the whole word if a piece would be too short. */
function split(word: string, border: RegExp): string[] {
  const pieces = word.split(border);
  return pieces.every(({ length }) => length >= MIN_PIECE_CHARS) ? pieces : [word];
}

function cut(word: string): string {
  return word.slice(0, MAX_WORD_CHARS);
}
