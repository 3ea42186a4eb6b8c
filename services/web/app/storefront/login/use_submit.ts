import { useState } from "react";
import { ApiError } from "../../api/errors.ts";
import { useMessages } from "../../messages/use_messages.ts";
import type { FormError } from "../../parts/error_summary.tsx";
import { useSecondsLeft } from "../../parts/use_seconds_left.ts";

/** What the server says against a form, and how long to wait before the next attempt. */
interface Refusal {
  errors: FormError[];
  wait?: { seconds: number };
}

const NONE: Refusal = { errors: [] };
/** Where the API does not say when to come again. */
const WAIT_S = 60;

/** Texts of refusals by the API's codes; each may name its field. */
export type RefusalTexts = Readonly<Record<string, { field?: string; text: string }>>;

/** Sends a form. While it must wait after too many tries, `secondsLeft` counts down. */
export function useSubmit<Input>(send: (input: Input) => Promise<void>, known: RefusalTexts) {
  const { common } = useMessages();
  const [refusal, setRefusal] = useState(NONE);
  const [busy, setBusy] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const secondsLeft = useSecondsLeft(refusal.wait);

  function refusalOf(error: unknown): Refusal {
    if (!(error instanceof ApiError)) return { errors: [{ text: common.noAnswer }] };
    const { code, requestId, retryAfterS, body } = error;
    if (code === "RATE_LIMITED") return { errors: [], wait: { seconds: retryAfterS ?? WAIT_S } };
    const details = body.details as { path: string; message: string }[] | undefined;
    const text = known[code];
    if (text) return { errors: [text] };
    if (code === "VALIDATION_FAILED" && details?.[0]) {
      return { errors: details.map(({ path, message }) => ({ field: path, text: message })) };
    }
    return { errors: [{ text: `${common.failed} ${requestId ?? code}` }] };
  }

  async function submit(input: Input): Promise<void> {
    setBusy(true);
    try {
      await send(input);
      setRefusal(NONE);
    } catch (error) {
      setRefusal(refusalOf(error));
      setAttempt((count) => count + 1);
    } finally {
      setBusy(false);
    }
  }

  return {
    submit,
    busy,
    secondsLeft,
    /** Counts refusals. */
    attempt,
    errors: refusal.errors,
    /** What the server says of one field. */
    errorAt: (field: string) => refusal.errors.find((error) => error.field === field)?.text,
    forget: () => setRefusal(NONE),
  };
}
