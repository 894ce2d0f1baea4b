import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { screen, within } from "@testing-library/react";
import axe from "axe-core";
import { closeAdmin, openAdmin } from "../testing/admin";
import { AdminServer } from "../testing/adminServer";
import { balance } from "../testing/documents";

const KEYS = "#/demo/api-keys";
const today = new Date().toISOString().slice(0, 10);

let server: AdminServer;

beforeEach(() => {
  server = new AdminServer();
  server.usage = [
    { api: "rest-api", day: today, accepted: 40, rejected: { api_key_credits_exhausted: 2 }, credits: 19.5 },
    { api: null, day: today, accepted: 2, rejected: {}, credits: 0 },
  ];
  server.credits = [balance({ api: "rest-api", granted: 10000, remaining: 9321.5, resetsAt: null })];
});

afterEach(() => {
  closeAdmin();
  mock.restoreAll();
});

/** Colours need a browser; the structure does not. */
async function violations(): Promise<readonly string[]> {
  const found = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`));
}

test("the page of an owner shows what is left and what was used", async () => {
  await openAdmin(`${KEYS}?user=u1`);

  const credits = await screen.findByRole("table", { name: "Credits" });
  assert.match(credits.textContent ?? "", /rest-api.*9,321\.5 of 10,000/);
  assert.ok(await screen.findByRole("img", { name: "Uses in the last 30 days: 42" }));
  const rows = within(screen.getByRole("table", { name: "Use by API" })).getAllByRole("row");
  assert.deepEqual(rows.slice(1).map((row) => [...row.children].map((cell) => cell.textContent)), [
    ["rest-api", "40", "2", "19.5"],
    ["None named", "2", "0", "0"],
  ]);
  assert.ok(screen.getByRole("table", { name: "Refusals" }));
  assert.deepEqual(await violations(), []);
});

test("the page of an owner has no credits where the server has no credits jar", async () => {
  server.credits = undefined;

  await openAdmin(`${KEYS}?user=u1`);

  assert.ok(await screen.findByTestId("usage"));
  assert.equal(screen.queryByRole("table", { name: "Credits" }), null);
  assert.equal(screen.queryByRole("alert"), null);
});

test("both are asked for the owner of the page", async () => {
  await openAdmin(`${KEYS}?client=c1`);
  await screen.findByTestId("usage");

  const asked = server.asked.map((one) => one.path);
  assert.ok(asked.includes("/api-keys/allowances/current?owner=c1"));
  assert.ok(asked.some((path) => path.startsWith("/api-keys/usage?owner=c1&from=") && path.includes("&grain=day&by=api&")));
});

test("the page of a key shows what that key was used for", async () => {
  await openAdmin(`${KEYS}?key=aBcDeFgHiJkL`);

  assert.ok(await screen.findByRole("img", { name: "Uses in the last 30 days: 42" }));
  assert.ok(screen.getByRole("table", { name: "Use by API" }));
  assert.ok(server.asked.some((one) => one.path.startsWith("/api-keys/usage?key=aBcDeFgHiJkL&owner=u1&")));
  assert.deepEqual(await violations(), []);
});

test("where nothing is named or charged less is said", async () => {
  server.usage = [];
  server.credits = [];
  await openAdmin(`${KEYS}?user=u1`);

  assert.ok(await screen.findByRole("img", { name: "Uses in the last 30 days: 0" }));
  assert.deepEqual(screen.getAllByRole("table").map((table) => table.getAttribute("aria-label")), ["API keys"]);
});

test("the keys of the realm come without a report", async () => {
  await openAdmin(KEYS);
  await screen.findByRole("link", { name: "ci" });

  assert.equal(screen.queryByTestId("usage"), null);
  assert.ok(!server.asked.some((one) => one.path.includes("usage") || one.path.includes("allowances")));
});
