// What building and testing have in common: style sheets and English texts become part of the module.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const resources = new URL("../src/main/resources/", import.meta.url);

/** The texts of a properties file in UTF-8; a backslash joins lines and escapes. */
export function properties(text) {
  const texts = {};
  for (const line of text.replace(/\\\r?\n\s*/g, "").split(/\r?\n/)) {
    const entry = /^\s*([^#!\s=:][^\s=:]*)\s*[=:]\s*(.*)$/.exec(line);
    if (entry) {
      texts[entry[1]] = entry[2].replace(/\\(.)/g, (_, c) => (c === "n" ? "\n" : c));
    }
  }
  return texts;
}

export function english(console) {
  const files = ["theme-resources/messages/messages_en.properties", `theme/api-keys/${console}/messages/messages_en.properties`];
  return Object.assign({}, ...files.map((file) => properties(readFileSync(new URL(file, resources), "utf8"))));
}

/** `import english from "texts:account"`: what the page says where the realm's messages cannot be read. */
const texts = {
  name: "texts",
  setup(build) {
    build.onResolve({ filter: /^texts:/ }, ({ path }) => ({ path: path.slice("texts:".length), namespace: "texts" }));
    build.onLoad({ filter: /.*/, namespace: "texts" }, ({ path }) => ({ contents: JSON.stringify(english(path)), loader: "json" }));
  },
};

export const common = {
  absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
  bundle: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  loader: { ".css": "text" },
  plugins: [texts],
  logLevel: "warning",
};
