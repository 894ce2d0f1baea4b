// Lints the sources, bundles every *.test.ts and *.test.tsx and runs it with Node's own test runner.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { common } from "./bundling.mjs";

// Within node_modules, so that Node finds the packages from there.
const bundles = fileURLToPath(new URL("node_modules/.tests/", import.meta.url));
const reports = fileURLToPath(new URL("target/ui-reports/", import.meta.url));
const src = fileURLToPath(new URL("src/", import.meta.url));
const wanted = process.argv[2] ?? "";

if (process.env.SKIP_TESTS === "true") {
  process.exit(0);
}
if (!wanted) {
  const eslint = fileURLToPath(new URL("node_modules/eslint/bin/eslint.js", import.meta.url));
  const { status } = spawnSync(process.execPath, [eslint, "--max-warnings", "0", "src"], { cwd: fileURLToPath(new URL(".", import.meta.url)), stdio: "inherit" });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}
const tests = readdirSync(src, { recursive: true })
  .map((name) => String(name).replaceAll("\\", "/"))
  .filter((name) => /\.test\.tsx?$/.test(name) && name.includes(wanted));
rmSync(bundles, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
await build({
  ...common,
  entryPoints: tests.map((name) => `src/${name}`),
  packages: "external",
  platform: "node",
  outdir: bundles,
  outbase: "src",
  outExtension: { ".js": ".mjs" },
  sourcemap: "inline",
});

/** Tests of components (.tsx) find a document; the others find what Node has. */
function run(kind, options) {
  const files = tests.filter((name) => name.endsWith(kind)).map((name) => bundles + name.replace(/\.tsx?$/, ".mjs"));
  if (files.length === 0) {
    return 0;
  }
  const report = ["--test-reporter=tap", `--test-reporter-destination=${reports}tests${kind}.tap`];
  const spec = ["--test-reporter=spec", "--test-reporter-destination=stdout"];
  const node = ["--enable-source-maps", ...options, "--test", ...spec, ...report, ...files];
  return spawnSync(process.execPath, node, { stdio: "inherit" }).status ?? 1;
}

const browser = new URL("testing/document.mjs", import.meta.url).href;
process.exit(run(".ts", []) || run(".tsx", ["--import", browser]));
