import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { screen, within } from "@testing-library/react";
import { closePage, openPage } from "../testing/account";
import { balance } from "../testing/documents";
import { FakeServer } from "../testing/fakeServer";

let server: FakeServer;

beforeEach(() => {
  server = new FakeServer();
});

afterEach(() => {
  closePage();
  mock.restoreAll();
});

test("says what is left at each API, to the last hundredth", async () => {
  const soon = new Date(Date.now() + 3 * 24 * 3_600_000 + 60_000).toISOString();
  server.credits = [
    balance({ api: "rest-api", granted: 10000, remaining: 9321.500001, resetsAt: soon }),
    balance({ api: "batch-api", granted: 0, remaining: 0, resetsAt: null }),
  ];
  await openPage();

  const credits = await screen.findByRole("table", { name: "Credits" });
  const [, rest, batch] = within(credits).getAllByRole("row");
  assert.match(rest?.textContent ?? "", /rest-api.*9,321\.500001 of 10,000.*in 3 days/);
  assert.equal(rest?.querySelector("meter")?.getAttribute("max"), "10000");
  assert.match(batch?.textContent ?? "", /batch-api.*0 of 0.*Never/);
  assert.equal(batch?.querySelector("meter"), null);
});

test("speaks of credits only where there are some, and shows keys where they cannot be read", async () => {
  await openPage();
  await screen.findByTestId("key-aBcDeFgHiJkL");
  assert.equal(screen.queryByTestId("credits"), null);
  closePage();

  server.held.set("/credits", () => Promise.reject(new TypeError("offline")));
  await openPage();
  assert.ok(await screen.findByTestId("key-aBcDeFgHiJkL"));
});
