import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import type { LiveEvent } from "../use_live_event.ts";

/** Says since when the seats shown are not known to be so, and how to ask again. */
export function StaleNote({ live: { isStale, asOfMs, refresh } }: { live: LiveEvent }) {
  const { common, event: texts } = useMessages();
  const format = useFormat();
  return (
    <div className="small" role="status">
      {isStale
        ? (
          <p>
            {texts.stale(format.when(new Date(asOfMs).toISOString(), readersZone()).time)}{" "}
            <button type="button" className="link" onClick={refresh}>{common.tryAgain}</button>
          </p>
        )
        : null}
    </div>
  );
}

/** Known in the browser alone, and nothing is stale before it has asked. */
function readersZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
