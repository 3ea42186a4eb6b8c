import { inlineSource, policyOf } from "@evently/shared/http";

const OWN = "'self'";

/** What a page may load: all of it from us, but for pictures, whose addresses organisers give. */
const SOURCES = {
  "script-src": [OWN],
  "img-src": [OWN, "data:", "https:"],
  "font-src": [OWN],
  "connect-src": [OWN],
  "manifest-src": [OWN],
  "worker-src": [OWN],
  "form-action": [OWN],
};

/** The `Content-Security-Policy` of a page; `inlineStyle` is the one style element that it may have. */
export function pagePolicy(inlineStyle?: string): string {
  const styles = inlineStyle === undefined ? [OWN] : [OWN, inlineSource(inlineStyle)];
  return policyOf({ ...SOURCES, "style-src": styles });
}
