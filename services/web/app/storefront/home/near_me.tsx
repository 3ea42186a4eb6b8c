import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useMessages } from "../../messages/use_messages.ts";
import { nearText } from "../events/events_search.ts";

/** Longest wait for a position, and the age at which one is still good. */
const TIMEOUT_MS = 10_000;
const MAX_AGE_MS = 600_000;
const NEAR_KM = 25;
/** About a kilometre: nobody needs to know more. */
const DECIMALS = 2;

/** Chips, with "Near me" first: the browser asks for the position when it is pressed, not before. */
export function NearMe({ children }: { children: ReactNode }) {
  const { home } = useMessages();
  const navigate = useNavigate();
  const [state, setState] = useState<"idle" | "asking" | "refused">("idle");

  function ask() {
    setState("asking");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const [lat, lon] = [coords.latitude, coords.longitude]
          .map((degrees) => Number(degrees.toFixed(DECIMALS)));
        const near = nearText({ lat: lat!, lon: lon!, km: NEAR_KM });
        void navigate({ to: "/events", search: { near } });
      },
      () => setState("refused"),
      { timeout: TIMEOUT_MS, maximumAge: MAX_AGE_MS },
    );
  }
  return (
    <>
      <ul className="chips quick" aria-label={home.quick}>
        <li className="with-script">
          <button className="chip" type="button" disabled={state === "asking"} onClick={ask}>
            {home.nearMe}
          </button>
        </li>
        {children}
      </ul>
      <p role="status" className="near-note">
        {state === "asking" ? home.asking : state === "refused" ? home.notNear : null}
      </p>
    </>
  );
}
