/** Totals of a JUnit report; a test step counts as a test. */
export interface TestCounts {
  passed: number;
  failed: number;
  ignored: number;
}

/** Sums the totals of the `<testsuite>` elements; an empty report gives zeros. */
export function countTests(junit: string): TestCounts {
  const total = { tests: 0, failures: 0, errors: 0, disabled: 0 };
  for (const [suite] of junit.matchAll(/<testsuite\s[^>]*>/g)) {
    for (const name of ["tests", "failures", "errors", "disabled"] as const) {
      total[name] += Number(suite.match(new RegExp(`\\s${name}="(\\d+)"`))?.[1] ?? 0);
    }
  }
  const failed = total.failures + total.errors;
  return { passed: total.tests - failed - total.disabled, failed, ignored: total.disabled };
}
