import { useApp } from "../use_app.ts";
import { createFormat, type Format } from "./format.ts";
import type { Messages } from "./messages.ts";

const formats = new Map<string, Format>();

/** The texts of the reader's language. */
export function useMessages(): Messages {
  return useApp().messages;
}

/** Numbers, amounts and dates in the reader's language. */
export function useFormat(): Format {
  const { locale } = useMessages();
  let format = formats.get(locale);
  if (!format) formats.set(locale, format = createFormat(locale));
  return format;
}
