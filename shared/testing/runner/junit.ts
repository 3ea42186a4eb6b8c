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

/** Lines of a failure's text that are kept: the message, its seed and the first frames. */
const MAX_FAILURE_LINES = 30;
const XML_ENTITIES: Record<string, string> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
  "&amp;": "&",
};

/** A test, or a step of one, that failed. */
export interface Failure {
  /** Its file and its name. */
  test: string;
  /** The beginning of its error. */
  error: string;
}

/** Returns what failed, also tests that were cancelled by an error outside of them. */
export function failuresOf(junit: string): Failure[] {
  const cases = junit.matchAll(
    /<testcase\s([^>]*)>\s*(?:<failure[^>]*>([^<]*)<|<error message="([^"]*)")/g,
  );
  return [...cases].map(([, attributes, failure, error]) => {
    const [file, name] = ["classname", "name"].map((key) =>
      unescapeXml(attributes!.match(new RegExp(`(?:^|\\s)${key}="([^"]*)"`))?.[1] ?? "")
    );
    const lines = unescapeXml(failure ?? error!).split("\n").slice(0, MAX_FAILURE_LINES);
    return { test: `${file} => ${name}`, error: lines.join("\n") };
  });
}

function unescapeXml(text: string): string {
  return text.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => XML_ENTITIES[entity]!);
}
