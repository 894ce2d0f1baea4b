// Makes what the jar serves: one module for each console, and the menu of the account console with our page in it.
import { build } from "esbuild";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { common } from "./bundling.mjs";

const target = new URL("target/", import.meta.url);
const modules = new URL("classes/META-INF/latchkey/ui/", target);
const theme = new URL("classes/theme/api-keys/account/resources/", target);
const stockMenu = new URL("account-ui/theme/keycloak.v3/account/resources/content.json", target);

/** Keycloak's own menu with two entries of ours; docs/consoles.md says why two. */
function menu(stock) {
  const security = stock.find((item) => item.label === "accountSecurity");
  if (!security?.children) {
    throw new Error("The menu of the account console has no group accountSecurity any more.");
  }
  const modulePath = "/content/api-keys.js";
  security.children.push(
    { id: "content/:componentId", label: "apiKeys", path: "content/api-keys", modulePath },
    { label: "apiKeysModule", path: "content/undefined", isVisible: "neverVisible", modulePath },
  );
  return stock;
}

await build({
  ...common,
  entryPoints: { account: "src/account/index.tsx", admin: "src/admin/index.tsx" },
  // The consoles share their own React with pages like ours; nothing else comes from them.
  external: ["react", "react/jsx-runtime", "react-dom"],
  outdir: fileURLToPath(modules),
  minify: true,
  legalComments: "none",
});

if (!existsSync(stockMenu)) {
  throw new Error(`${fileURLToPath(stockMenu)} is missing; Maven unpacks it: mvn generate-resources`);
}
mkdirSync(theme, { recursive: true });
writeFileSync(new URL("content.json", theme), JSON.stringify(menu(JSON.parse(readFileSync(stockMenu, "utf8"))), null, 2) + "\n");
