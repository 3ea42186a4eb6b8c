import { useFormat } from "../../messages/use_messages.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import {
  type DownloadState,
  startDownload,
  stopDownload,
  useDownload,
  type WantedFile,
} from "./downloads.ts";

const KILOBYTE = 1_000;
const MEGABYTE = 1_000_000;

/** Fetches a file by the organiser's token and saves it, with how far it is. */
export function DownloadButton({ file, children }: { file: WantedFile; children: string }) {
  const { session } = useConsole();
  const { download } = useConsoleMessages();
  const state = useDownload(file.path);
  const isUnderWay = state.status === "under way";
  return (
    <div className="download">
      {isUnderWay
        ? (
          <button
            className="btn btn--second"
            type="button"
            onClick={() => stopDownload(file.path)}
          >
            {download.stop}
          </button>
        )
        : (
          <button
            className="btn btn--second"
            type="button"
            onClick={() => void startDownload(file, session.stream)}
          >
            {children}
          </button>
        )}
      <DownloadText state={state} />
    </div>
  );
}

function DownloadText({ state }: { state: DownloadState }) {
  const { download } = useConsoleMessages();
  const { number } = useFormat();
  const sizeOf = (bytes: number) =>
    bytes < MEGABYTE
      ? download.kilobytes(number(Math.ceil(bytes / KILOBYTE)))
      : download.megabytes(number(Math.round(bytes / MEGABYTE * 10) / 10));
  if (state.status === "under way") {
    return (
      <p className="download__said">
        {download.under(sizeOf(state.bytes))} {download.leave}
      </p>
    );
  }
  const texts = {
    none: "",
    saved: state.status === "saved" ? download.saved(sizeOf(state.bytes)) : "",
    stopped: download.stopped,
    broken: download.broken,
    busy: download.busy,
    refused: download.refused,
    "too large": download.tooLarge,
  };
  return <p className="download__said" role="status">{texts[state.status]}</p>;
}
