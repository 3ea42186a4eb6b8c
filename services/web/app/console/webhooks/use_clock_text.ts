import { useFormat } from "../../messages/use_messages.ts";

/** A time where the reader is, "Sat 5 Dec, 10:42": what concerns no event has no zone of its own. */
export function useClockText(): (iso: string) => string {
  const { when } = useFormat();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return (iso) => {
    const { short, time } = when(iso, timeZone);
    return `${short}, ${time}`;
  };
}
