import { Link } from "@tanstack/react-router";
import { useApp } from "../../use_app.ts";
import { PageHead } from "../parts/page_head.tsx";
import { useConsoleMessages } from "../use_console.ts";

/** For addresses of the console that lead to nothing, and for what is not the reader's to see. */
export function NotFoundInConsole() {
  useApp().notFound();
  const { frame } = useConsoleMessages();
  return (
    <div className="stack">
      <PageHead title={frame.notFoundTitle} />
      <p>{frame.notFound}</p>
      <p>
        <Link className="btn" to="/console">{frame.toOverview}</Link>
      </p>
    </div>
  );
}
