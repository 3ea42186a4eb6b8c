import { useState } from "react";
import { ApiError } from "../../api/errors.ts";
import { useConsoleMessages } from "../use_console.ts";

/** What became of something that was done. */
export interface Outcome {
  kind: "ok" | "warn" | "bad";
  text: string;
}

/** Something that a button does. */
export interface Action<Input> {
  busy: boolean;
  outcome: Outcome | undefined;
  act(input: Input): Promise<void>;
  forget(): void;
}

/**
 * Does something once at a time, and tells what became of it.
 *
 * @param run does it. @returns what to say of it, if anything
 * @param options.refusals texts of refusals by their code
 * @param options.unknown said where no answer came
 * @param options.settled runs afterwards, however it went
 */
export function useAction<Input = void>(
  run: (input: Input) => Promise<string | undefined>,
  { refusals = {}, unknown, settled }: {
    refusals?: Readonly<Record<string, string>>;
    unknown?: string;
    settled?: () => Promise<unknown> | void;
  } = {},
): Action<Input> {
  const { parts, frame } = useConsoleMessages();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();

  function refusalOf(error: unknown): Outcome {
    if (!(error instanceof ApiError)) return { kind: "warn", text: unknown ?? parts.noAnswer };
    const text = refusals[error.code] ??
      (error.code === "FORBIDDEN" ? frame.notAllowed : undefined);
    return { kind: "bad", text: text ?? `${parts.failed} ${error.requestId ?? error.code}` };
  }

  return {
    busy,
    outcome,
    async act(input) {
      if (busy) return;
      setBusy(true);
      setOutcome(undefined);
      try {
        const text = await run(input);
        if (text !== undefined) setOutcome({ kind: "ok", text });
      } catch (error) {
        setOutcome(refusalOf(error));
      } finally {
        setBusy(false);
        await settled?.();
      }
    },
    forget: () => setOutcome(undefined),
  };
}
