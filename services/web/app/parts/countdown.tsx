import { useEffect, useRef, useState } from "react";
import { useMessages } from "../messages/use_messages.ts";

const MINUTE_S = 60;
/** Seconds before the end that are announced, beside half the time. */
const ANNOUNCED_S: readonly number[] = [MINUTE_S, 30];

/** "4:09" */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / MINUTE_S)}:${String(seconds % MINUTE_S).padStart(2, "0")}`;
}

/** Time left, for the eye. Screen readers read it when they come to it, and hear {@link TimeAnnouncer}. */
export function Countdown({ left }: { left: number | undefined }) {
  const { checkout } = useMessages();
  if (left === undefined) return <b className="clock" aria-hidden="true">–:––</b>;
  return (
    <b className="clock" role="timer" aria-label={checkout.timeLeft(left)}>{clockText(left)}</b>
  );
}

/** The same as a bar. */
export function TimeBar({ left, total }: { left: number | undefined; total: number }) {
  const share = left === undefined ? 1 : Math.min(1, left / total);
  return (
    <svg className="time-bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect className="time-bar__left" width={share * 100} height="1" />
    </svg>
  );
}

/** Announces half time, one minute, 30 seconds and the end, politely and each once. */
export function TimeAnnouncer({ left, total }: { left: number | undefined; total: number }) {
  const { checkout } = useMessages();
  const [text, setText] = useState("");
  const before = useRef(left);
  useEffect(() => {
    const last = before.current;
    before.current = left;
    if (left === undefined || last === undefined) return;
    const passed = [Math.floor(total / 2), ...ANNOUNCED_S, 0].filter((at) =>
      last > at && left <= at
    );
    if (passed.length > 0) setText(left > 0 ? checkout.timeLeft(left) : checkout.timeIsUp);
  }, [left, total, checkout]);
  return <p className="visually-hidden" aria-live="polite">{text}</p>;
}
