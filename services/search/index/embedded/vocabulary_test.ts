import assert from "node:assert/strict";
import { type Term, Vocabulary } from "./vocabulary.ts";

const wordsOf = (terms: readonly Term[]) => terms.map(({ word }) => word);

/** More words than are put in their places together. */
const MANY = 3_000;

Deno.test("beginningWith() returns the used words with a beginning, in order", () => {
  const vocabulary = new Vocabulary();
  const terms = ["jazz", "jam", "rock", "jar"].map((word) => vocabulary.add(word, 2));
  assert.deepEqual(wordsOf(vocabulary.beginningWith("ja")), ["jam", "jar", "jazz"]);
  vocabulary.delete(terms[1]!, 1);
  vocabulary.add("jab", 1);
  assert.deepEqual(wordsOf(vocabulary.beginningWith("ja")), ["jab", "jam", "jar", "jazz"]);
  vocabulary.delete(terms[1]!, 1);
  assert.deepEqual(wordsOf(vocabulary.beginningWith("ja")), ["jab", "jar", "jazz"]);
  vocabulary.add("jam", 1);
  assert.deepEqual(wordsOf(vocabulary.beginningWith("ja")), ["jab", "jam", "jar", "jazz"]);
  assert.deepEqual(vocabulary.beginningWith("jazzy"), []);
});

Deno.test("a vocabulary forgets words out of use, and takes them again", () => {
  const vocabulary = new Vocabulary();
  const words = Array.from({ length: MANY }, (_, i) => `word${String(i).padStart(4, "0")}`);
  const terms = words.map((word) => vocabulary.add(word, 1));
  for (const term of terms) vocabulary.delete(term, 1);
  assert.deepEqual(vocabulary.beginningWith("word"), []);
  assert.deepEqual(vocabulary.corrections("wort0001", { prefix: false }), []);
  for (const word of words.toReversed()) vocabulary.add(word, 1);
  assert.deepEqual(wordsOf(vocabulary.beginningWith("word")), words);
});

Deno.test("corrections() returns the nearest words, most used first", () => {
  const vocabulary = new Vocabulary();
  for (const [word, uses] of [["diwali", 3], ["divali", 5], ["dinner", 9]] as const) {
    vocabulary.add(word, uses);
  }
  const correct = (word: string, prefix: boolean) =>
    wordsOf(vocabulary.corrections(word, { prefix }));
  assert.deepEqual(correct("dilali", false), ["divali", "diwali"]);
  assert.deepEqual(correct("dwiali", false), ["diwali"], "letters in another order");
  assert.deepEqual(correct("diwal", false), ["diwali"], "a letter less");
  assert.deepEqual(correct("diwalis", false), ["diwali"], "a letter more");
  assert.deepEqual(correct("dewa", true), ["diwali"], "the beginning of a word");
  assert.deepEqual(correct("dewa", false), []);
  assert.deepEqual(correct("di", true), [], "too short to correct");
});
