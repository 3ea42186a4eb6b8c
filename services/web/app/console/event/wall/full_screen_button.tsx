import { type RefObject, useSyncExternalStore } from "react";
import { useConsoleMessages } from "../../use_console.ts";

/** Lets an element fill the whole screen, where the browser can. */
export function FullScreenButton({ of }: { of: RefObject<HTMLElement | null> }) {
  const { eventWall: texts } = useConsoleMessages();
  const isFull = useSyncExternalStore(
    watch,
    () => document.fullscreenElement !== null,
    () => false,
  );
  const canBe = useSyncExternalStore(never, () => document.fullscreenEnabled, () => false);
  if (!canBe) return null;
  // A browser that refuses leaves everything as it is.
  const turn = () =>
    void (isFull ? document.exitFullscreen() : of.current?.requestFullscreen())?.catch(() => {});
  return (
    <button className="btn btn--second" type="button" onClick={turn}>
      {isFull ? texts.leaveFullScreen : texts.fullScreen}
    </button>
  );
}

function watch(changed: () => void): () => void {
  document.addEventListener("fullscreenchange", changed);
  return () => document.removeEventListener("fullscreenchange", changed);
}

function never(): () => void {
  return () => {};
}
