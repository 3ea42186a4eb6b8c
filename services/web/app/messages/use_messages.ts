import { languagePath } from "@evently/shared/languages";
import { useApp } from "../use_app.ts";
import { createFormat, type Format } from "./format.ts";
import type { Messages } from "./messages.ts";

const formats = new Map<string, Format>();

/** The texts of the reader's language. */
export function useMessages(): Messages {
  return useApp().messages;
}

/** The address of a page (`/events`) in the reader's language, for what is no link of the router. */
export function useAddress(path: string): string {
  const { language } = useMessages();
  return languagePath(language) + path;
}

/** Numbers, amounts and dates in the reader's language. */
export function useFormat(): Format {
  const { locale } = useMessages();
  let format = formats.get(locale);
  if (!format) formats.set(locale, format = createFormat(locale));
  return format;
}
