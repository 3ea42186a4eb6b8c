import assert from "node:assert/strict";
import { SET_EACH_NEW_FOR, SET_IF_VALUE } from "./scripts.ts";
import { splitByKey } from "./split_by_key.ts";

Deno.test("splitByKey() gives each key of MGET, DEL and EXISTS a command of its own", () => {
  for (
    const [name, replies, whole] of [
      ["MGET", [["1"], [null]], ["1", null]],
      ["DEL", [1, 0], 1],
      ["EXISTS", [1, 1], 2],
    ] as const
  ) {
    const { commands, merge } = splitByKey([name, "a", "b"]);
    assert.deepEqual(commands, [[name, "a"], [name, "b"]]);
    assert.deepEqual(merge(replies.map((result) => ({ result }))), { result: whole });
    assert.deepEqual(merge([{ result: 1 }, { error: "OOM" }]), { error: "OOM" });
  }
});

Deno.test("splitByKey() sets the keys of SET_EACH_NEW_FOR one by one", () => {
  const command = ["EVAL", SET_EACH_NEW_FOR, "2", "a", "b", "1", "10", "2", "20"];
  const { commands, merge } = splitByKey(command);
  assert.deepEqual(commands, [
    ["SET", "a", "1", "NX", "PX", "10"],
    ["SET", "b", "2", "NX", "PX", "20"],
  ]);
  assert.deepEqual(merge([{ result: "OK" }, { result: null }]), { result: 2 });
});

Deno.test("splitByKey() leaves any other command as it is", () => {
  for (
    const command of [
      ["GET", "a"],
      ["MGET", "a"],
      ["MGET"],
      ["EVAL", SET_IF_VALUE, "2", "{a}1", "{a}2", "x", "y", "10"],
    ]
  ) {
    const { commands, merge } = splitByKey(command);
    assert.deepEqual(commands, [command]);
    assert.deepEqual(merge([{ error: "ERR" }]), { error: "ERR" });
  }
});
