import { fold } from "@evently/shared/text";

export { fold };

const APOSTROPHES = /['’]/g;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** Scripts that put no spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Knows their words from dictionaries; no locale changes that. */
const SEGMENTER = new Intl.Segmenter(undefined, { granularity: "word" });

/** The folded words of a text, in its order, with repetitions. */
export function wordsOf(text: string): string[] {
  const runs = fold(text).replace(APOSTROPHES, "").match(WORD) ?? [];
  return runs.flatMap((run) => UNSPACED.test(run) ? segmentsOf(run) : run);
}

function segmentsOf(run: string): string[] {
  return Array.from(SEGMENTER.segment(run), ({ segment }) => segment);
}
