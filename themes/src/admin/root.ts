import * as dom from "react-dom";

/** The console's own `react-dom` has it; there is no `react-dom/client` among what it shares. */
export const { createRoot } = dom as unknown as typeof import("react-dom/client");
