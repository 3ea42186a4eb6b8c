/** Saturation of repetitions, share of the length that counts, and what any occurrence is worth (BM25+). */
const K = 1.2;
const B = 0.75;
const DELTA = 0.5;

/** Weight of a word that occurs so often in so many texts. */
export function inverseFrequency(occurrences: number, texts: number): number {
  return Math.log(1 + (texts - occurrences + 0.5) / (occurrences + 0.5));
}

/** BM25 of a word that is `count` of the `length` words of a text; repetitions count by their share of it. */
export function bm25(count: number, length: number, meanLength: number, rarity: number): number {
  const share = count / length;
  return rarity * (DELTA + share * (K + 1)) / (share + K * (1 - B + B * length / meanLength));
}
