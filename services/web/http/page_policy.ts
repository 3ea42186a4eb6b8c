import { createHash } from "node:crypto";

/** What a page may load: all of it from us, but for pictures, whose addresses organisers give. */
const SOURCES: Readonly<Record<string, string>> = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self'",
  "img-src": "'self' data: https:",
  "font-src": "'self'",
  "connect-src": "'self'",
  "manifest-src": "'self'",
  "worker-src": "'self'",
  "form-action": "'self'",
  "base-uri": "'none'",
  "frame-ancestors": "'none'",
};

/** The `Content-Security-Policy` of a page; `inlineStyle` is the one style element that it may have. */
export function pagePolicy(inlineStyle?: string): string {
  const style = inlineStyle === undefined ? "" : ` '${sha256(inlineStyle)}'`;
  return Object.entries(SOURCES)
    .map(([kind, from]) => `${kind} ${from}${kind === "style-src" ? style : ""}`)
    .join("; ");
}

function sha256(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
