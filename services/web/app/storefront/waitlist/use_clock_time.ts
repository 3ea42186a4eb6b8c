import { useCallback } from "react";
import { useFormat } from "../../messages/use_messages.ts";
import { useApp } from "../../use_app.ts";

/**
 * Times by the reader's own clock, with the day where it is not today. Only for what is known after a log-in, as the
 * server does not know the reader's zone.
 */
export function useClockTime(): (iso: string) => string {
  const format = useFormat();
  const { clock } = useApp();
  return useCallback((iso) => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const when = format.when(iso, timeZone);
    const today = format.when(new Date(clock.now()).toISOString(), timeZone);
    return when.short === today.short ? when.time : `${when.short}, ${when.time}`;
  }, [format, clock]);
}
