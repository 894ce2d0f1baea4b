// Derives types that the sources import from src/generated: the keys of the English messages, and the documents of the REST API.
import { mkdirSync, writeFileSync } from "node:fs";
import openapi, { astToString } from "openapi-typescript";
import { english } from "./bundling.mjs";

const target = new URL("src/generated/", import.meta.url);

function union(name, keys) {
  return `export type ${name} =${keys.map((key) => `\n  | ${JSON.stringify(key)}`).join("")};\n`;
}

mkdirSync(target, { recursive: true });
const keys = [...new Set(["account", "admin"].flatMap((console) => Object.keys(english(console))))].sort();
writeFileSync(new URL("textKeys.ts", target), union("TextKey", keys));
const documents = await openapi(new URL("../src/docs/openapi.yaml", import.meta.url), { immutable: true, silent: true });
writeFileSync(new URL("rest.ts", target), astToString(documents));
