import assert from "node:assert/strict";
import { countTests, failuresOf } from "./junit.ts";

Deno.test("countTests() sums the suites of a deno test report", () => {
  const report = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="deno test" tests="7" failures="1" errors="0" time="0.021">
    <testsuite name="./x_test.ts" tests="5" disabled="1" errors="0" failures="1">
        <testcase name="says &lt;testsuite tests=&quot;9&quot;&gt;" time="0.000"></testcase>
    </testsuite>
    <testsuite name="./y_test.ts" tests="2" disabled="0" errors="0" failures="0"></testsuite>
</testsuites>`;
  assert.deepEqual(countTests(report), { passed: 5, failed: 1, ignored: 1 });
});

Deno.test("countTests() returns zeros for an empty report", () => {
  assert.deepEqual(countTests(""), { passed: 0, failed: 0, ignored: 0 });
});

Deno.test("failuresOf() names each failed test with its file and the beginning of its error", () => {
  const frames = Array.from({ length: 40 }, (_, n) => `    at frame ${n}`).join("\n");
  const report = `<testsuites name="deno test" tests="3" failures="2" errors="0" time="0.016">
    <testsuite name="./x_test.ts" tests="3" disabled="0" errors="0" failures="2">
        <testcase name="passes" classname="./x_test.ts" time="0.001" line="1" col="6">
        </testcase>
        <testcase name="outer &amp; co &gt; says &quot;&lt;x&gt;&quot;" classname="./x_test.ts" time="0.001" line="1" col="6">
            <failure message="Uncaught Error: seed 5">Error: seed 5 &lt;b&gt;
${frames}</failure>
        </testcase>
        <testcase name="leak" classname="./x_test.ts" time="0.009" line="2" col="6">
            <failure message="Leaks detected">Leaks detected:
  - A timer</failure>
        </testcase>
        <testcase name="never ran" classname="./x_test.ts" time="0.000" line="3" col="6">
            <error message="Cancelled"/>
        </testcase>
    </testsuite>
</testsuites>`;
  const [first, ...others] = failuresOf(report);
  assert.equal(first!.test, './x_test.ts => outer & co > says "<x>"');
  const lines = first!.error.split("\n");
  assert.deepEqual(lines.slice(0, 2), ["Error: seed 5 <b>", "    at frame 0"]);
  assert.equal(lines.length, 30);
  assert.deepEqual(others, [
    { test: "./x_test.ts => leak", error: "Leaks detected:\n  - A timer" },
    { test: "./x_test.ts => never ran", error: "Cancelled" },
  ]);
});
