import { toStripeAmountAtLeast } from "@evently/shared/stripe_amounts";
import type { Appearance, Stripe, StripeElements } from "@stripe/stripe-js";

/** What is to be paid, in minor units. */
export interface Due {
  amountMinor: number;
  currency: string;
}

/** Stripe's element on this page: it asks for card or account in frames of Stripe's own, which we cannot look into. */
export interface PaymentElement {
  /**
   * Has Stripe check what was entered, and turns it into a token for one payment. The element itself says what is wrong.
   *
   * @returns `undefined` if something is missing or wrong
   */
  token(): Promise<{ token: string; method: string } | undefined>;
  /** Follows the page's look. */
  restyle(): void;
  remove(): void;
}

/**
 * Loads Stripe's script, from Stripe as its rules demand.
 *
 * @throws {Error} it cannot be loaded
 */
export async function loadStripe(publishableKey: string): Promise<Stripe> {
  const { loadStripe } = await import("@stripe/stripe-js/pure");
  const stripe = await loadStripe(publishableKey);
  if (!stripe) throw new Error("Stripe's script needs a browser");
  return stripe;
}

/** Shows the element in a place of the page; `onReady` is called once it can be used. */
export function showPaymentElement(
  stripe: Stripe,
  place: HTMLElement,
  { due, onReady, onBroken }: { due: Due; onReady: () => void; onBroken: () => void },
): PaymentElement {
  const elements = stripe.elements({
    mode: "payment",
    amount: toStripeAmountAtLeast(due.amountMinor, due.currency),
    currency: due.currency.toLowerCase(),
    locale: "en",
    appearance: appearanceOf(place),
  });
  const element = elements.create("payment", { layout: "tabs" });
  element.on("ready", onReady);
  element.on("loaderror", onBroken);
  element.mount(place);
  return {
    token: () => tokenOf(stripe, elements),
    restyle: () => elements.update({ appearance: appearanceOf(place) }),
    remove: () => element.destroy(),
  };
}

async function tokenOf(stripe: Stripe, elements: StripeElements) {
  const { error, selectedPaymentMethod } = await elements.submit();
  if (error) return undefined;
  const { confirmationToken } = await stripe.createConfirmationToken({ elements });
  if (!confirmationToken) return undefined;
  return { token: confirmationToken.id, method: selectedPaymentMethod ?? "card" };
}

/** The page's own colours, as they are now; frames of Stripe know none of its styles. */
function appearanceOf(place: HTMLElement): Appearance {
  const style = getComputedStyle(place);
  const colour = (name: string) => resolved(place, `var(${name})`);
  return {
    theme: "stripe",
    variables: {
      colorPrimary: colour("--press"),
      colorBackground: colour("--ground"),
      colorText: colour("--text"),
      colorDanger: colour("--bad"),
      fontFamily: "system-ui, sans-serif",
      fontSizeBase: style.fontSize,
      borderRadius: "6px",
    },
  };
}

/** A colour of the style sheet as plain `rgb()`: Stripe knows neither variables nor `light-dark()`. */
function resolved(place: HTMLElement, colour: string): string {
  const probe = document.createElement("span");
  probe.hidden = true;
  probe.style.color = colour;
  place.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
