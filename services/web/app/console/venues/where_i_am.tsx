import { useState } from "react";
import { useConsoleMessages } from "../use_console.ts";

/** About 10 cm; more digits say nothing. */
const DECIMALS = 6;
const PATIENCE_MS = 10_000;

/** Fills in where this device is, if its owner allows it. */
export function WhereIAm({ onFound }: { onFound(latitude: string, longitude: string): void }) {
  const { venues } = useConsoleMessages();
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const find = () => {
    setState("busy");
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => {
        onFound(latitude.toFixed(DECIMALS), longitude.toFixed(DECIMALS));
        setState("idle");
      },
      () => setState("failed"),
      { timeout: PATIENCE_MS, enableHighAccuracy: true },
    );
  };
  return (
    <p>
      <button className="link" type="button" disabled={state === "busy"} onClick={find}>
        {venues.whereIAm}
      </button>{" "}
      <span role="status">{state === "failed" ? venues.notFoundWhere : ""}</span>
    </p>
  );
}
