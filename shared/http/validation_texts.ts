import { z } from "zod";

type Issue = z.core.$ZodRawIssue;

/** What things are called that are counted. */
const COUNTED: Record<string, string> = { string: "characters", array: "items", set: "items" };

/** Names of types in messages; other types do not occur in JSON. */
const TYPES: Record<string, string> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};

const FORMATS: Record<string, string> = {
  guid: "a UUID",
  uuid: "a UUID",
  email: "an e-mail address",
  url: "a URL",
  datetime: "a date and time such as 2030-12-31T18:30:00Z",
  date: "a date (YYYY-MM-DD)",
};

/**
 * Says which field breaks which rule, in our words, wherever a schema has none of its own: the library's default
 * texts name no field, and speak of schemas rather than of what to send.
 */
export function validationText(issue: Issue): string {
  const path = issue.path ?? [];
  if (path.length === 0 && issue.code === "invalid_type") {
    return "Request body must be a JSON object";
  }
  return `${path.join(".") || "The input"} ${ruleOf(issue)}`;
}

function ruleOf(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return typeRule(issue);
    case "invalid_value":
      return issue.input === undefined ? "is required" : `must be ${oneOf(issue.values)}`;
    case "too_big":
      return limitRule(issue, "most", issue.maximum);
    case "too_small":
      return limitRule(issue, "least", issue.minimum);
    case "invalid_format":
      return `must be ${FORMATS[issue.format] ?? "of another form"}`;
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    case "unrecognized_keys":
      return `must not have ${issue.keys.join(", ")}`;
    case "invalid_key":
    case "invalid_element":
      return "has an entry that is not allowed";
    case "invalid_union":
      return "has none of the forms that it may have";
    default:
      return "is not allowed";
  }
}

function typeRule({ input, expected }: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidType>): string {
  if (input === undefined) return "is required";
  if (expected === "string" && Array.isArray(input)) return "must be a single string";
  return `must be ${TYPES[expected] ?? "of another type"}`;
}

function limitRule(
  { origin, inclusive, exact }: z.core.$ZodRawIssue<
    z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall
  >,
  side: "most" | "least",
  limit: number | bigint,
): string {
  const counted = COUNTED[origin ?? ""];
  if (counted) return `must have ${exact ? "exactly" : `at ${side}`} ${limit} ${counted}`;
  if (inclusive === false) return `must be ${side === "most" ? "less" : "more"} than ${limit}`;
  return `must be at ${side} ${limit}`;
}

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.join(", ")}`;
}

z.config({ customError: validationText });
