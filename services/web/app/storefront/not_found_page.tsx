import { useApp } from "../use_app.ts";
import { Head } from "../parts/head.tsx";
import { useAddress, useMessages } from "../messages/use_messages.ts";

/** For addresses that lead to nothing: a search instead. */
export function NotFoundPage() {
  useApp().notFound();
  const { common: { notFound } } = useMessages();
  return (
    <div className="page page--plain stack">
      <Head title={notFound.title} noindex />
      <h1 className="title">{notFound.title}</h1>
      <p>{notFound.text}</p>
      <form className="field narrow" role="search" action={useAddress("/events")}>
        <label htmlFor="q">{notFound.find}</label>
        <input id="q" name="q" type="search" />
        <button className="btn" type="submit">{notFound.search}</button>
      </form>
    </div>
  );
}
