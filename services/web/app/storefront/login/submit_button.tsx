import { useMounted } from "../../parts/use_mounted.ts";

/** Sends a form; asleep until the page's program runs, and while the form must wait. */
export function SubmitButton({ text, busyText, busy, secondsLeft }: {
  text: string;
  busyText: string;
  busy: boolean;
  secondsLeft: number;
}) {
  const isMounted = useMounted();
  return (
    <button
      className="btn btn--wide"
      type="submit"
      aria-busy={busy}
      disabled={!isMounted || busy || secondsLeft > 0}
    >
      {busy ? busyText : text}
    </button>
  );
}
