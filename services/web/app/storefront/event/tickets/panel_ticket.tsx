import type { ReactNode } from "react";
import type { LiveEvent } from "../use_live_event.ts";
import { PanelHead } from "./panel_head.tsx";

/** The ticket itself: the head above the perforation, what can be done below. */
export function PanelTicket({ live, children }: { live: LiveEvent; children: ReactNode }) {
  return (
    <div className="ticket">
      <div>
        <PanelHead live={live} />
      </div>
      <div>{children}</div>
    </div>
  );
}
