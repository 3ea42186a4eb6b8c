import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useApp } from "../use_app.ts";
import { useMessages } from "../messages/use_messages.ts";
import { Note } from "./note.tsx";

/** Says that the server could not load the page's data; gone once the browser has loaded some. */
export function Unreachable() {
  const { unreachable } = useApp();
  const { common } = useMessages();
  const queryClient = useQueryClient();
  const [shown, setShown] = useState(unreachable);
  useEffect(() => {
    if (!shown) return;
    return queryClient.getQueryCache().subscribe(({ query }) => {
      if (query.state.status === "success") setShown(false);
    });
  }, [shown, queryClient]);
  if (!shown) return null;
  return (
    <div className="page">
      <Note kind="warn" role="status">
        {common.unreachable} <a href="">{common.tryAgain}</a>
      </Note>
    </div>
  );
}
