import assert from "node:assert/strict";
import { emailKey, isEmail } from "./email.ts";

const VALID = [
  "info@münchen.de",
  "r&d@example.com",
  "a@example.xn--p1ai",
  "a@пример.рф",
  "用户@例え。テスト",
  "अजय@डाटा.भारत",
  "O'Brien+tag_1@sub.example.co",
  "!#$%&'*+/=?^_`{|}~-@example.com",
  "a..b@example.com",
  "root@localhost",
  `${"a".repeat(64)}@example.com`,
  `a@${"b".repeat(63)}.example`,
];

const INVALID = [
  "",
  "asha",
  "asha at mail",
  "@example.com",
  "a@",
  "a@b@example.com",
  "a b@example.com",
  "a\u00a0b@example.com",
  "a\u200bb@example.com",
  "a\u202eb@example.com",
  "a\ud83d@example.com",
  "a\u0000@example.com",
  "a@exa mple.com",
  "a@example..com",
  "a@.example.com",
  "a@example.com.",
  "a@-example.com",
  "a@foo_bar.com",
  "a@xn--a",
  "a@[192.0.2.1]",
  '"a b"@example.com',
  "<a@example.com>",
  "a,b@example.com",
  `${"a".repeat(65)}@example.com`,
  `${"é".repeat(33)}@example.com`,
  `a@${"b".repeat(64)}.example`,
  `a@${"b.".repeat(126)}example`,
];

Deno.test("isEmail() takes addresses of the HTML standard, and international ones", () => {
  for (const email of VALID) assert.ok(isEmail(email), email);
});

Deno.test("isEmail() refuses everything else", () => {
  for (const email of INVALID) assert.ok(!isEmail(email), JSON.stringify(email));
});

Deno.test("emailKey() is one for every spelling of an address", () => {
  const spellings = [
    ["Info@MÜNCHEN.de", "info@münchen.de", "INFO@xn--mnchen-3ya.de", "info@mu\u0308nchen.DE"],
    ["Jose\u0301@example.com", "JOSÉ@EXAMPLE.COM", "josé@exa\u00admple.com"],
    ["a@例え。テスト", "A@例え.テスト", "a@xn--r8jz45g.xn--zckzah"],
  ];
  for (const [first, ...others] of spellings) {
    for (const other of others) assert.equal(emailKey(other), emailKey(first!));
  }
  const keys = new Set(VALID.map(emailKey));
  assert.equal(keys.size, VALID.length, "different addresses have different keys");
});

Deno.test("emailKey() is defined for what is no address, and is never empty for one with text", () => {
  for (const text of ["nobody", "a@", "a@xn--a", "@", "a b@c d"]) {
    assert.notEqual(emailKey(text), "");
  }
});
