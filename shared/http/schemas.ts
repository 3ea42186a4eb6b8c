import { z } from "@hono/zod-openapi";
import { ERROR_CODES, invalidInput } from "../errors/mod.ts";
import { decimalsOf, hasDecimals, toMajor, toMinor } from "../money.ts";

/** A UUID in a body; missing is `required`, malformed is said to be so. */
export function requiredId(field: string, { required = `${field} is required` } = {}) {
  return z.guid({
    error: ({ input }) =>
      input === undefined || input === null || input === "" ? required : `Invalid ${field} format`,
  }).transform((id) => id.toLowerCase());
}

/** A UUID in a path; `invalid` is what is said of anything else. */
export function idParam(invalid: string) {
  return z.guid(invalid).transform((id) => id.toLowerCase());
}

/** The largest whole number that an `integer` column takes. */
export const MAX_INT32 = 2_147_483_647;

/**
 * An amount of money in a body, in major units. Its currency, which may be that of a stored event, says how many decimals
 * it may have and how much it may be: `minorAmount()`.
 */
export function amount(field: string, { negative = `${field} cannot be negative` } = {}) {
  return z.number(`${field} must be a number`)
    .min(0, negative)
    .max(MAX_INT32, `${field} must be at most ${MAX_INT32}`);
}

/**
 * An amount of a body in minor units of its currency.
 *
 * @throws {DomainError} `VALIDATION_FAILED`: it has more decimals than the currency, or more minor units than `maxMinor`,
 * by default what an `integer` column takes
 */
export function minorAmount(
  amount: number,
  { field, currency, maxMinor = MAX_INT32 }: {
    field: string;
    currency: string;
    maxMinor?: number;
  },
): number {
  const decimals = decimalsOf(currency);
  if (!hasDecimals(amount, decimals)) {
    throw invalidInput(field, `${field} must have at most ${decimals} decimals in ${currency}`);
  }
  const most = toMajor(maxMinor, currency);
  if (amount > most) {
    throw invalidInput(field, `${field} must be at most ${most} in ${currency}`);
  }
  return toMinor(amount, currency);
}

const NUMBER = /^[+-]?\d+$/;

/** A whole number of a query that is clamped into its range; what is no number is refused. */
export function clampedQuery(field: string, range: { min: number; max: number; default: number }) {
  return z.string().optional().transform((text, context) => {
    if (text === undefined || text === "") return range.default;
    if (!NUMBER.test(text)) {
      context.addIssue({ code: "custom", message: `${field} must be a number` });
      return z.NEVER;
    }
    return Math.min(Math.max(Number(text), range.min), range.max);
  }).openapi({
    type: "integer",
    default: range.default,
    description: `Taken into ${range.min} to ${range.max}, never refused for being out of it`,
  });
}

/** As JSON writes it: no sign, no leading zero, no exponent. */
const WHOLE_NUMBER = /^(?:0|[1-9]\d*)$/;

/**
 * A whole number of a query that decides something, so it is never clamped, guessed or taken for left out where it is
 * empty.
 *
 * @param range by default what an `integer` column takes, from 0
 */
export function wholeNumberQuery(
  field: string,
  { min = 0, max = MAX_INT32, tooSmall = `${field} must be at least ${min}` }: {
    min?: number;
    max?: number;
    tooSmall?: string;
  } = {},
) {
  return z.string(`${field} must be given once`)
    .regex(WHOLE_NUMBER, { error: `${field} must be a whole number`, abort: true })
    .transform((text) => Math.min(Number(text), Number.MAX_VALUE))
    .pipe(z.number().min(min, tooSmall).max(max, `${field} must be at most ${max}`))
    .openapi({ type: "integer", minimum: min, maximum: max });
}

/** One of several words of a query; empty is left out. Anything else is refused, never guessed. */
export function choiceQuery<const Choices extends readonly string[]>(
  field: string,
  choices: Choices,
) {
  return z.enum(["", ...choices], `${field} must be one of ${choices.join(", ")}`)
    .transform((choice) => choice === "" ? undefined : choice as Choices[number])
    .optional()
    .openapi({ type: "string", enum: [...choices] });
}

/** The deepest page: its offset must still be a sane number. */
const MAX_PAGE = 100_000;

/** `page` and `limit` of a list. */
export function pageQuery({ limit, maxLimit }: { limit: number; maxLimit: number }) {
  return z.object({
    page: clampedQuery("page", { min: 1, max: MAX_PAGE, default: 1 }),
    limit: clampedQuery("limit", { min: 1, max: maxLimit, default: limit }),
  });
}

/** What every error answers. */
export const ErrorResponse = z.object({
  error: z.string(),
  code: z.enum(ERROR_CODES),
  request_id: z.string(),
  details: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
}).openapi("Error");

/** A JSON response of an OpenAPI route. */
export function json<Schema extends z.ZodType>(schema: Schema, description = "Success") {
  return { description, content: { "application/json": { schema } } };
}

/** A list as JSON, and as a CSV file for a client whose `Accept` prefers that. */
export function jsonOrCsv<Schema extends z.ZodType>(schema: Schema) {
  const { description, content } = json(schema);
  return { description, content: { ...content, "text/csv": { schema: z.string() } } };
}

/** A stream of server-sent events; the route's description has what they say, `data` its form where that is documented. */
export function eventStream(description: string, data: z.ZodType = z.string()) {
  return { description, content: { "text/event-stream": { schema: data } } };
}

/** Longer than any id that a message had. */
const MAX_LAST_ID = 64;

/** The headers of a request for a stream of server-sent events. */
export const LastEventIdHeaders = z.object({
  "last-event-id": z.string().max(MAX_LAST_ID).optional().openapi({
    description: "The id of the last message that the reader has",
  }),
});

/** A JSON request body that must be there. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { "application/json": { schema } } };
}

/** What each error status means. */
export const ERROR_DESCRIPTIONS = {
  400: "The request breaks a rule, which `details` names",
  401: "No valid credentials",
  402: "The payment was declined",
  403: "Not allowed",
  404: "Not found",
  408: "The body did not come in time",
  409: "The current state does not allow it",
  413: "The body is too large",
  422: "The idempotency key was used for another request",
  429: "Too many requests; see `Retry-After`",
  503: "Something that is needed does not answer; see `Retry-After`",
} as const;

/** A status that errors have. */
export type DescribedStatus = keyof typeof ERROR_DESCRIPTIONS;

/** The error responses of an OpenAPI route. */
export function errors<Status extends DescribedStatus>(...statuses: Status[]) {
  const entries = statuses.map((status) => [
    status,
    json(ErrorResponse, ERROR_DESCRIPTIONS[status]),
  ]);
  return Object.fromEntries(entries) as Record<
    Status,
    ReturnType<typeof json<typeof ErrorResponse>>
  >;
}
