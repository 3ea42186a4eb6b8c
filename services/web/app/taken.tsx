import { useEffect } from "react";

/** Tells when React has taken over the page that the server rendered. */
export function Taken({ tell }: { tell: () => void }): null {
  useEffect(() => tell(), [tell]);
  return null;
}
