import assert from "node:assert/strict";
import { countTests } from "./junit.ts";

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
