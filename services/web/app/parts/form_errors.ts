import type { FieldErrors, FieldValues } from "react-hook-form";
import type { FormError } from "./error_summary.tsx";

/** What is wrong with a form, in the order of its fields. */
export function errorsOf<Values extends FieldValues>(
  errors: FieldErrors<Values>,
  fields: readonly (keyof Values & string)[],
): FormError[] {
  return fields.flatMap((field) => {
    const text = errors[field]?.message;
    return typeof text === "string" ? [{ field, text }] : [];
  });
}
