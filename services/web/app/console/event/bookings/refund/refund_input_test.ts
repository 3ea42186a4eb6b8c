import assert from "node:assert/strict";
import { readAmount } from "./refund_input.ts";

const AMOUNTS: readonly (readonly [string, number])[] = [
  ["250", 250],
  ["99.50", 99.5],
  [" ₹ 250.50 ", 250.5],
  ["₹1,499", 1_499],
  ["Rs. 1,000.01", 1_000.01],
  ["INR 49,07,726", 4_907_726],
  ["4,907,726", 4_907_726],
  ["1.234", 1.234],
];
const NONE = [
  "",
  "0",
  "0.00",
  "-5",
  "₹-5",
  "99,50",
  "1,2",
  "1.2345",
  "1e3",
  "0x10",
  "ten",
  "∞",
  "5 %",
];

Deno.test("readAmount() reads amounts as people type them", () => {
  for (const [text, amount] of AMOUNTS) assert.equal(readAmount(text), amount, text);
});

Deno.test("readAmount() reads nothing that could be meant otherwise", () => {
  for (const text of NONE) assert.equal(readAmount(text), undefined, text);
});
