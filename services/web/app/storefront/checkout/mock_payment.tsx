import type { Messages } from "../../messages/messages.ts";
import { useMessages } from "../../messages/use_messages.ts";

/** Ways to pay, as the API names them. */
const METHODS = ["card", "upi", "netbanking"] as const;
/** What the mock provider does with a token; it moves no money. */
const TOKENS = {
  pays: "tok_paid",
  declines: "tok_declined",
  asks: "tok_action",
  late: "tok_late",
  processing: "tok_processing",
} as const;

type Outcome = keyof typeof TOKENS;

/** What the reader has chosen of the mock provider. */
export interface MockPayment {
  method: keyof Messages["checkout"]["methods"];
  outcome: Outcome;
}

export const DEFAULT_PAYMENT: MockPayment = { method: "card", outcome: "pays" };

/** What is sent in place of a card. */
export function tokenOf({ outcome }: MockPayment): string {
  return TOKENS[outcome];
}

/** The mock provider's part of the form: no card, but what shall come of the payment. */
export function MockPaymentFields({ chosen, onChange }: {
  chosen: MockPayment;
  onChange: (chosen: MockPayment) => void;
}) {
  const { checkout } = useMessages();
  return (
    <>
      <fieldset className="field">
        <legend>{checkout.payWith}</legend>
        <div className="ways">
          {METHODS.map((method) => (
            <label key={method}>
              <input
                type="radio"
                name="method"
                checked={chosen.method === method}
                onChange={() => onChange({ ...chosen, method })}
              />
              <span>{checkout.methods[method]}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset className="field">
        <legend>{checkout.outcome}</legend>
        <p className="hint" id="outcome-hint">{checkout.outcomeHint}</p>
        <div className="outcomes">
          {(Object.keys(TOKENS) as Outcome[]).map((outcome) => (
            <label key={outcome}>
              <input
                type="radio"
                name="outcome"
                aria-describedby="outcome-hint"
                checked={chosen.outcome === outcome}
                onChange={() => onChange({ ...chosen, outcome })}
              />
              <span>
                <b>{checkout.outcomes[outcome].name}</b>
                <span>{checkout.outcomes[outcome].text}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
    </>
  );
}
