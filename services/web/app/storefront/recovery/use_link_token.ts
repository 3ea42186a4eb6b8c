import { useEffect, useState } from "react";

/**
 * The token of a mail's link: `undefined` until the page's program runs, `null` where the address has none. It comes in
 * the fragment, which no server gets, and is taken out of the address bar and the browser's history at once.
 */
export function useLinkToken(): string | null | undefined {
  const [token, setToken] = useState<string | null>();
  useEffect(() => {
    const read = () => {
      const found = new URLSearchParams(location.hash.slice(1)).get("token");
      if (found) history.replaceState(history.state, "", location.pathname + location.search);
      setToken((known) => found || (known ?? null));
    };
    read();
    // Another link, opened where this page is open already.
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);
  return token;
}
