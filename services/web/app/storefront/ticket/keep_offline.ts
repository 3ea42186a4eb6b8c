import { languagePath } from "@evently/shared/languages";
import { useEffect } from "react";
import { useMessages } from "../../messages/use_messages.ts";

/** Below the pages of a language. */
const SCRIPT = "/tickets/worker.js";
const SCOPE = "/tickets/";

/** Keeps a ticket on this device once it was shown, so that it opens where there is no network. */
export function useKeptOffline(code: string, isShown: boolean): void {
  const pages = languagePath(useMessages().language);
  useEffect(() => {
    if (isShown && "serviceWorker" in navigator) void keepOffline(code, pages).catch(() => {});
  }, [code, isShown, pages]);
}

async function keepOffline(code: string, pages: string): Promise<void> {
  const scope = pages + SCOPE;
  const registration = await navigator.serviceWorker.register(pages + SCRIPT, { scope });
  const worker = await activeWorker(registration);
  worker.postMessage({ code, assets: loadedAssets() });
}

/** The worker once it runs. `navigator.serviceWorker.ready` knows only the address that the tab began with. */
function activeWorker(registration: ServiceWorkerRegistration): Promise<ServiceWorker> {
  const worker = registration.installing ?? registration.waiting ?? registration.active!;
  return new Promise((resolve) => {
    const check = () => worker.state === "activated" && resolve(worker);
    worker.addEventListener("statechange", check);
    check();
  });
}

/** Paths of the built files that this page has loaded. */
function loadedAssets(): string[] {
  const urls = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
  const ours = urls.filter(({ origin }) => origin === location.origin);
  return [...new Set(ours.map(({ pathname }) => pathname))];
}
