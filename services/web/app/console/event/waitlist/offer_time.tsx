import { clockText } from "../../../parts/countdown.tsx";
import { useNow } from "../../../parts/use_now.ts";
import { useApp } from "../../../use_app.ts";
import { useConsoleMessages } from "../../use_console.ts";

const SECOND_MS = 1_000;

/** The time that is left of an offer, by the server's clock. */
export function OfferTime({ expiresAt }: { expiresAt: string }) {
  const { clock } = useApp();
  const { eventWaitlist: texts } = useConsoleMessages();
  useNow(SECOND_MS);
  const left = Math.max(0, Math.ceil((Date.parse(expiresAt) - clock.now()) / SECOND_MS));
  return (
    <span className="nb">{left > 0 ? texts.offerLeft(clockText(left)) : texts.offerEnding}</span>
  );
}
