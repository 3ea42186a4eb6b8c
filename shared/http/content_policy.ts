import { createHash } from "node:crypto";

/** Where a browser may take each kind of thing from; what is not named it may not take at all. */
type Sources = Readonly<Record<string, readonly string[]>>;

/** What no page of ours needs: to be framed, to send forms, to have another base than its own address. */
const NEVER: Sources = {
  "default-src": ["'none'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
  "frame-ancestors": ["'none'"],
};

/** A `Content-Security-Policy` of these sources, over a ground that allows nothing. */
export function policyOf(sources: Sources): string {
  return Object.entries({ ...NEVER, ...sources })
    .map(([kind, from]) => [kind, ...from].join(" "))
    .join("; ");
}

/** The source that is an inline style or script itself: none but this text runs. */
export function inlineSource(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
