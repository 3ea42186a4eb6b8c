import { z } from "@hono/zod-openapi";
import { countChars, normalText, stacksMarks, trimmedText } from "../text.ts";

/** The most characters of a field that names no smaller limit. */
const MAX_TEXT_CHARS = 500;

/** A text in its normal form ({@link normalText}); `required` is the message if it is missing or empty. */
export function requiredText(field: string, { required, max }: RequiredTextOptions = {}) {
  return present(field, { form: inOneForm, required, max });
}

/** A text that is compared as it was sent, such as a key or a token: it is only trimmed. */
export function opaqueText(field: string, { required, max }: RequiredTextOptions = {}) {
  return present(field, { form: trimmed, required, max });
}

/** A text in its one form that may be left out or be null. */
export function optionalText(field: string, { max = MAX_TEXT_CHARS }: TextOptions = {}) {
  return storable(field, inOneForm(field, z.string(`${field} must be a string`)), max)
    .nullish().transform((text) => text ?? undefined);
}

/** A text that is compared as it was sent and that may be left out: blank or null is none. */
export function optionalOpaqueText(field: string, { max = MAX_TEXT_CHARS }: TextOptions = {}) {
  return storable(field, z.string(`${field} must be a string`).overwrite(trimmedText), max)
    .nullish().transform((text) => text || undefined);
}

/** A text of an update: left out it stays as it is, null or empty it is taken away. */
export function clearableText(field: string, { max = MAX_TEXT_CHARS }: TextOptions = {}) {
  return storable(field, inOneForm(field, z.string(`${field} must be a string`)), max)
    .transform((text) => text || null)
    .nullable().optional();
}

/**
 * A text of a query in its one form; one without a visible character is empty, which is none. Its length is that of what
 * was sent, as the API document says of parameters.
 */
export function queryText(field: string, { max = MAX_TEXT_CHARS }: TextOptions = {}) {
  const sent = notLonger(field, z.string(`${field} must be given once`), max);
  return storable(field, inOneForm(field, sent), max);
}

/** The message for a text without a UTF-8 form, which could only be stored as another text. */
export function illFormed(field: string): string {
  return `${field} must not contain half a surrogate pair`;
}

interface TextOptions {
  /** In code points, as JSON Schema counts. */
  max?: number | undefined;
}

interface RequiredTextOptions extends TextOptions {
  required?: string | undefined;
}

function present(
  field: string,
  { form, required = `${field} is required`, max = MAX_TEXT_CHARS }: RequiredTextOptions & {
    form: (field: string, text: z.ZodString) => z.ZodString;
  },
) {
  const text = form(
    field,
    z.string({
      error: ({ input }) =>
        input === undefined || input === null ? required : `${field} must be a string`,
    }),
  ).min(1, required);
  return storable(field, text, max);
}

function inOneForm(field: string, text: z.ZodString): z.ZodString {
  return text.overwrite(normalText)
    .refine(
      (value) => !stacksMarks(value),
      `${field} must not have more than 30 marks on a letter`,
    );
}

function trimmed(_field: string, text: z.ZodString): z.ZodString {
  return text.overwrite(trimmedText);
}

/** What PostgreSQL and UTF-8 can hold, and not too long. */
function storable(field: string, text: z.ZodString, max: number) {
  return notLonger(field, text, max)
    .refine((value) => !value.includes("\0"), `${field} must not contain NUL characters`)
    .refine((value) => value.isWellFormed(), illFormed(field))
    .openapi({ maxLength: max });
}

function notLonger(field: string, text: z.ZodString, max: number) {
  return text.refine(
    (value) => value.length <= max || countChars(value) <= max,
    `${field} must have at most ${max} characters`,
  );
}
