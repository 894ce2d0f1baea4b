// Validates the document that the build has made, generates the types of a TypeScript client from it, and compiles a caller.
import { createConfig, lintFromString } from "@redocly/openapi-core";
import openapiTS, { astToString } from "openapi-typescript";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const document = fileURLToPath(new URL("../../../target/openapi/latchkey-openapi.json", import.meta.url));
const source = readFileSync(document, "utf8");

const config = await createConfig({
  extends: ["recommended"],
  rules: {
    // Names of plans and files stand where other paths have ids; the server takes the literal part first.
    "no-ambiguous-paths": "off",
    "no-invalid-media-type-examples": "error",
  },
});
const found = await lintFromString({ source, absoluteRef: document, config });
for (const { severity, ruleId, location, message } of found) {
  console.error(`${severity} ${ruleId} ${location[0]?.pointer}: ${message}`);
}
if (found.length > 0) {
  process.exit(1);
}

// Within node_modules, so that TypeScript and Node find the packages from there.
mkdirSync(new URL("node_modules/.clients/", import.meta.url), { recursive: true });
writeFileSync(new URL("node_modules/.clients/latchkey.d.ts", import.meta.url), astToString(await openapiTS(source)));
execFileSync(process.execPath, [fileURLToPath(import.meta.resolve("typescript/lib/tsc.js")), "-p", "."], {
  cwd: fileURLToPath(new URL(".", import.meta.url)),
  stdio: "inherit",
});
