// Loaded before everything else, since libraries look for a document when they are loaded.
import { after } from "node:test";
import { GlobalRegistrator } from "@happy-dom/global-registrator";

GlobalRegistrator.register({ url: "http://localhost:8080/realms/demo/account/content/api-keys" });

// The page gives requests up after a while; nobody waits for that here.
after(() => GlobalRegistrator.unregister());
// Imported only now, because it looks for a document. A busy machine needs longer than the default of one second.
const { configure } = await import("@testing-library/react");
configure({ asyncUtilTimeout: 30_000 });
