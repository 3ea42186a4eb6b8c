import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import type { AppContext } from "./context.ts";
import type { createAppRouter } from "./router.tsx";
import { AppValueContext } from "./use_app.ts";

/** The whole application: the same element on the server and in the browser. */
export function App({ router, context, unreachable }: {
  router: ReturnType<typeof createAppRouter>;
  context: AppContext;
  /** Whether the server could not load what the first page needs. */
  unreachable: boolean;
}) {
  return (
    <AppValueContext.Provider value={{ ...context, unreachable }}>
      <QueryClientProvider client={context.queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </AppValueContext.Provider>
  );
}
