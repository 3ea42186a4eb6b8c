import { useEffect, useRef, useState } from "react";
import { useMessages } from "../../../messages/use_messages.ts";
import { loadStripe } from "./payment_element.ts";

/** A step that Stripe's script shows, such as the bank's own question: it opens by itself, and again when asked to. */
export function StripeStep({ publishableKey, clientSecret, onDone }: {
  publishableKey: string;
  clientSecret: string;
  /** Called once the buyer has answered, or has closed it: the platform knows what came of it. */
  onDone: () => void;
}) {
  const { checkout } = useMessages();
  const [state, setState] = useState<"open" | "closed" | "broken">("closed");
  const isOpen = useRef(false);
  const open = async () => {
    if (isOpen.current) return;
    isOpen.current = true;
    setState("open");
    try {
      const stripe = await loadStripe(publishableKey);
      await stripe.handleNextAction({ clientSecret });
      setState("closed");
      onDone();
    } catch {
      setState("broken");
    }
    isOpen.current = false;
  };
  useEffect(() => void open(), [clientSecret]);
  return (
    <>
      <p className="note__do">
        <button className="btn" type="button" aria-busy={state === "open"} onClick={open}>
          {checkout.actionGo}
        </button>
      </p>
      {state === "broken" ? <p>{checkout.stripeBroken}</p> : null}
    </>
  );
}
