import { useQueryClient } from "@tanstack/react-query";
import { eventChanged, type EventScope } from "../../api/event.ts";
import { pauseOffers } from "../../api/event_waitlist.ts";
import { ActButton } from "../../parts/act_button.tsx";
import { OutcomeNote } from "../../parts/outcome_note.tsx";
import { useAction } from "../../parts/use_action.ts";
import { useConsole, useConsoleMessages } from "../../use_console.ts";

/** Pauses the offers of an event, or lets them go on. */
export function PauseButton({ scope, isPaused }: { scope: EventScope; isPaused: boolean }) {
  const { api } = useConsole();
  const { eventWaitlist: texts } = useConsoleMessages();
  const queryClient = useQueryClient();
  const turn = useAction(async () => {
    await pauseOffers(api, { eventId: scope.eventId, isPaused: !isPaused });
    return isPaused ? texts.resumedNow : texts.pausedNow;
  }, { settled: () => eventChanged(queryClient, scope) });
  return (
    <div className="stack">
      <OutcomeNote outcome={turn.outcome} />
      <div className="row-of-buttons">
        <ActButton action={turn} doing={isPaused ? texts.resuming : texts.pausing}>
          {isPaused ? texts.resume : texts.pause}
        </ActButton>
      </div>
    </div>
  );
}
