import { useQuery } from "@tanstack/react-query";
import { useFormat } from "../../../messages/use_messages.ts";
import { useNow } from "../../../parts/use_now.ts";
import { type EventScope, managedEventQuery } from "../../api/event.ts";
import { useConsole, useConsoleMessages } from "../../use_console.ts";

/** Numbers that are older are not those of now. */
const STALE_MS = 30_000;
const TICK_MS = 1_000;

/** Of when the numbers are; said loudly once they are old. */
export function WallTime({ scope }: { scope: EventScope }) {
  const { api } = useConsole();
  const { eventWall: texts } = useConsoleMessages();
  const { clock } = useFormat();
  const { dataUpdatedAt } = useQuery(managedEventQuery(api, scope));
  const nowMs = useNow(TICK_MS);
  const isStale = nowMs !== undefined && nowMs - dataUpdatedAt > STALE_MS;
  const time = clock(dataUpdatedAt);
  return (
    <p className={isStale ? "wall__time wall__time--stale" : "wall__time"}>
      {isStale ? texts.stale(time) : texts.shown(time)}
    </p>
  );
}
