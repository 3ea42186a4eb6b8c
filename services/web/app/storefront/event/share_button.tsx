import { useState } from "react";
import { useMessages } from "../../messages/use_messages.ts";
import { useMounted } from "../../parts/use_mounted.ts";

/** Hands the page's address to another program of the device, or copies it. It needs script, and appears with it. */
export function ShareButton({ name }: { name: string }) {
  const { event: texts } = useMessages();
  const mounted = useMounted();
  const [said, setSaid] = useState<string>();
  const share = async () => {
    const url = location.origin + location.pathname;
    try {
      if (navigator.share) return await navigator.share({ title: name, url });
      await navigator.clipboard.writeText(url);
      setSaid(texts.copied);
    } catch (error) {
      // Who closes the device's dialog has changed their mind.
      if (!(error instanceof DOMException && error.name === "AbortError")) setSaid(texts.notCopied);
    }
  };
  return (
    <span className="share">
      <span role="status">{said}</span>
      {mounted
        ? <button type="button" className="link" onClick={() => void share()}>{texts.share}</button>
        : null}
    </span>
  );
}
