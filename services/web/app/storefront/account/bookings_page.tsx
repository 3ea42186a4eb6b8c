import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { allBookingsQuery } from "../../api/bookings.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { Head } from "../../parts/head.tsx";
import { Note } from "../../parts/note.tsx";
import { RowSkeletons } from "../../parts/row_skeletons.tsx";
import { useUser } from "../../session/use_user.ts";
import { useApp } from "../../use_app.ts";
import { BookingRows } from "./booking_rows.tsx";

const route = getRouteApi("/account/bookings");

/** Rows of the page while it waits. */
const EXPECTED_ROWS = 3;

/** What one has booked: what is to come, and what is past. */
export function BookingsPage() {
  const { api } = useApp();
  const { account, common } = useMessages();
  const { show } = route.useSearch();
  const user = useUser();
  const { data, isError, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery({
      ...allBookingsQuery(api, user?.userId ?? ""),
      enabled: user !== undefined,
    });
  return (
    <div className="page bookings">
      <Head title={account.bookings} noindex />
      <h1 className="title">{account.bookings}</h1>
      <nav className="when-tabs" aria-label={account.which}>
        <Link to="/account/bookings" activeOptions={{ exact: true, explicitUndefined: true }}>
          {account.upcoming}
        </Link>
        <Link to="/account/bookings" search={{ show: "past" }} activeOptions={{ exact: true }}>
          {account.past}
        </Link>
      </nav>
      {data
        ? (
          <BookingRows
            bookings={data.pages.flatMap((page) => page.bookings)}
            past={show === "past"}
          />
        )
        : isError
        ? (
          <Note kind="warn" role="status">
            {account.cannotRead}{" "}
            <button className="link" type="button" onClick={() => refetch()}>
              {common.tryAgain}
            </button>
          </Note>
        )
        : <RowSkeletons count={EXPECTED_ROWS} />}
      {hasNextPage
        ? (
          <p>
            <button
              className="btn btn--second"
              type="button"
              aria-busy={isFetchingNextPage}
              onClick={() => fetchNextPage()}
            >
              {account.more}
            </button>
          </p>
        )
        : null}
    </div>
  );
}
