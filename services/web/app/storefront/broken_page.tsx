import { Link, useRouter } from "@tanstack/react-router";
import { ApiError } from "../api/errors.ts";
import { Head } from "../parts/head.tsx";
import { useMessages } from "../messages/use_messages.ts";

/** For what nobody expected while a page was shown: try it again, or go on elsewhere. */
export function BrokenPage({ error, reset }: { error: unknown; reset: () => void }) {
  const { common: { broken, tryAgain } } = useMessages();
  const router = useRouter();
  const requestId = error instanceof ApiError ? error.requestId : undefined;
  return (
    <div className="page page--plain stack broken" role="alert">
      <Head title={broken.title} noindex />
      <h1 className="title">{broken.title}</h1>
      <p className="measure">{broken.text}</p>
      <p className="ways-on">
        <button
          className="btn"
          type="button"
          onClick={() => {
            void router.invalidate();
            reset();
          }}
        >
          {tryAgain}
        </button>
        <Link className="btn btn--second" to="/events">{broken.toEvents}</Link>
      </p>
      {requestId ? <p className="soft small">{broken.number(requestId)}</p> : null}
    </div>
  );
}
