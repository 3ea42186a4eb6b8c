/// <reference lib="dom" />
import type {
  ConfirmationToken,
  PaymentIntent,
  Stripe,
  StripeElements,
  StripeElementsOptionsMode,
} from "@stripe/stripe-js";

/** What our pages use of Stripe's script. */
type Used =
  & Pick<Stripe, "createConfirmationToken">
  & { elements(options: StripeElementsOptionsMode): StandInElements }
  & {
    handleNextAction(options: { clientSecret: string }): Promise<{ paymentIntent: PaymentIntent }>;
  };

/** What our pages use of a group of elements. */
interface StandInElements {
  create(type: "payment"): StandInElement;
  submit(): ReturnType<StripeElements["submit"]>;
  update(options: Parameters<StripeElements["update"]>[0]): void;
}

interface StandInElement {
  on(event: "ready" | "loaderror", handler: () => void): void;
  mount(place: HTMLElement): void;
  destroy(): void;
}

/**
 * What runs in the browser in the place of https://js.stripe.com: a field in a frame of Stripe's origin, tokens and the
 * bank's question by Stripe's API. Both origins are answered by the test, so that the page's policy is tried as well.
 */
export function standIn(): void {
  const API = "https://api.stripe.com/v1";
  const FRAME = "https://js.stripe.com/stand-in.html";
  const METHODS: Record<string, string> = {
    "4242": "pm_card_visa",
    "0002": "pm_card_chargeDeclined",
    "3155": "pm_card_authenticationRequired",
    "upi": "pm_fake_upi",
    "upi asks": "pm_fake_upi_asks",
    "bank": "pm_fake_bank",
  };

  async function call<Answer>(key: string, path: string, form: Record<string, string>) {
    const response = await fetch(`${API}/${path}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${key}` },
      body: new URLSearchParams(form),
    });
    return await response.json() as Answer;
  }

  /** The bank's question, as a window over the page. */
  function ask(): Promise<"approve" | "refuse"> {
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-label", "Bank of the tests");
    const answers = (["approve", "refuse"] as const).map((answer) => {
      const button = document.createElement("button");
      button.textContent = answer === "approve" ? "Complete" : "Fail";
      dialog.append(button);
      return new Promise<typeof answer>((resolve) => button.onclick = () => resolve(answer));
    });
    document.body.append(dialog);
    dialog.showModal();
    return Promise.race(answers).finally(() => dialog.remove());
  }

  function stripe(key: string): Used {
    let entered = "";
    return {
      elements(options) {
        const frame = document.createElement("iframe");
        frame.title = "Secure payment input frame";
        const handlers: Record<string, () => void> = {};
        const tell = (message: unknown) => frame.contentWindow?.postMessage(message, "*");
        const hear = ({ origin, data }: MessageEvent) => {
          if (origin === "https://js.stripe.com") entered = data.entered;
        };
        frame.onload = () => {
          tell({ appearance: options.appearance });
          handlers.ready?.();
        };
        addEventListener("message", hear);
        return {
          create: () => ({
            on: (event, handler) => handlers[event] = handler,
            mount(place) {
              frame.src = FRAME;
              frame.width = "100%";
              place.append(frame);
            },
            destroy() {
              removeEventListener("message", hear);
              frame.remove();
            },
          }),
          submit() {
            if (entered in METHODS) {
              return Promise.resolve({ selectedPaymentMethod: "card" });
            }
            tell({ error: "Your card number is incomplete." });
            const error = { type: "validation_error" as const, message: "incomplete" };
            return Promise.resolve({ error }) as ReturnType<StripeElements["submit"]>;
          },
          update: ({ appearance }) => tell({ appearance }),
        };
      },
      async createConfirmationToken() {
        const method = METHODS[entered] ?? "";
        const token = await call<ConfirmationToken>(key, "confirmation_tokens", { method });
        return { confirmationToken: token };
      },
      async handleNextAction({ clientSecret }) {
        const answer = await ask();
        const id = clientSecret.split("_secret_")[0];
        const form = { client_secret: clientSecret, answer };
        return { paymentIntent: await call(key, `payment_intents/${id}`, form) };
      },
    };
  }
  Object.assign(globalThis, { Stripe: Object.assign(stripe, { version: "endive" }) });
}

/** The page in Stripe's frame: one field that takes the end of a test card's number, or the name of another method. */
export const STAND_IN_FRAME = `<!doctype html><html lang="en"><title>Stripe</title>
<style>body { margin: 0; font: 16px system-ui } input { width: 90%; font: inherit; padding: 12px }</style>
<label>Card number<br><input autocomplete="off" aria-describedby="error"></label>
<p id="error" role="alert"></p>
<script>
  const field = document.querySelector("input"), error = document.querySelector("p");
  field.oninput = () => parent.postMessage({ entered: field.value }, "*");
  onmessage = ({ data: { appearance, error: text } }) => {
    if (text) error.textContent = text;
    if (!appearance) return;
    const { colorBackground, colorText, colorDanger } = appearance.variables;
    Object.assign(document.body.style, { background: colorBackground, color: colorText });
    Object.assign(field.style, { background: colorBackground, color: colorText });
    error.style.color = colorDanger;
  };
</script>`;
