import type { Send } from "../api/client.ts";

const KEY = "evently-organisation";
const HEADER = "Organisation-Id";
/** Organisers' routes, except for those whose path names an organisation. */
const NARROWED = /\/api\/event\/admin\/(?!organisations|invitations)/;

/** Which of several organisations the reader looks at, kept for all tabs of the browser. */
export interface ChosenOrganisation {
  /** `undefined`: all of theirs. */
  current(): string | undefined;
  choose(organisationId: string | undefined): void;
  subscribe(listener: () => void): () => void;
  /** Sends a request that is about the chosen organisation. */
  through(send: Send): Send;
}

/** Opens the choice of this browser. */
export function openChosenOrganisation(): ChosenOrganisation {
  const listeners = new Set<() => void>();
  let chosen = readKept();

  function set(organisationId: string | undefined): void {
    chosen = organisationId;
    for (const listener of listeners) listener();
  }

  function choose(organisationId: string | undefined): void {
    keep(organisationId);
    set(organisationId);
  }

  addEventListener("storage", ({ key }) => key === KEY && set(readKept()));
  return {
    current: () => chosen,
    choose,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    through: (send) => async (request) => {
      if (chosen === undefined || !NARROWED.test(request.url)) {
        return await send(request);
      }
      const narrowed = new Request(request.clone());
      narrowed.headers.set(HEADER, chosen);
      const answer = await send(narrowed);
      if (answer.status !== 404 || !await isGone(answer)) return answer;
      // One that the reader has left, or that another account chose in this browser.
      choose(undefined);
      return await send(request);
    },
  };
}

/** The choice of the server, which never knows who asks. */
export function noChosenOrganisation(): ChosenOrganisation {
  return {
    current: () => undefined,
    choose() {},
    subscribe: () => () => {},
    through: (send) => send,
  };
}

async function isGone(answer: Response): Promise<boolean> {
  const body = await answer.clone().json().catch(() => undefined);
  return body?.code === "ORGANISATION_NOT_FOUND";
}

function readKept(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Where storage is forbidden, the choice lasts as long as the page. */
function keep(organisationId: string | undefined): void {
  try {
    if (organisationId === undefined) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, organisationId);
  } catch {
    // Nothing is kept.
  }
}
