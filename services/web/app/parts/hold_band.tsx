import type { ReactNode } from "react";
import { useMessages } from "../messages/use_messages.ts";
import { Countdown, TimeAnnouncer, TimeBar } from "./countdown.tsx";
import type { Stock } from "./stock.ts";

/** Time that is left for something held or offered, on the paper of its event. `total` is what it began with, in seconds. */
export function HoldBand({ stock, left, total, children }: {
  stock: Stock;
  left: number | undefined;
  total: number;
  children: ReactNode;
}) {
  const { checkout } = useMessages();
  return (
    <section className="hold on-stock" data-stock={stock} aria-label={checkout.timeRegion}>
      <div className="page">
        <Countdown left={left} />
        {children}
        <TimeBar left={left} total={total} />
        <TimeAnnouncer left={left} total={total} />
      </div>
    </section>
  );
}
