import type { UrgentWork } from "../urgent_work.ts";
import type { Servable } from "./serve.ts";

/** The same app, each request of which is urgent until it is answered. */
export function urgentApp(app: Servable, urgent: UrgentWork): Servable {
  return {
    async fetch(request, hop) {
      urgent.begin();
      try {
        return await app.fetch(request, hop);
      } finally {
        urgent.end();
      }
    },
  };
}
