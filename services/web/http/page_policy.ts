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

const STRIPE_SCRIPTS = ["https://js.stripe.com", "https://*.js.stripe.com"];

/** What Stripe's script needs beside it: its frames, and those of banks. Source: docs.stripe.com/security/guide. */
const STRIPE_SOURCES = {
  "script-src": [OWN, ...STRIPE_SCRIPTS],
  "connect-src": [OWN, "https://api.stripe.com"],
  "frame-src": [...STRIPE_SCRIPTS, "https://hooks.stripe.com"],
};

/** The `Content-Security-Policy` of a page. */
export function pagePolicy({ inlineStyle, takesStripe = false }: {
  /** The one style element that it may have. */
  inlineStyle?: string | undefined;
  /** Whether it takes payments by Stripe. */
  takesStripe?: boolean;
} = {}): string {
  const styles = inlineStyle === undefined ? [OWN] : [OWN, inlineSource(inlineStyle)];
  return policyOf({ ...SOURCES, ...(takesStripe ? STRIPE_SOURCES : {}), "style-src": styles });
}
