import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { closePage, openPage } from "../testing/account";
import { balance, key, terms } from "../testing/documents";
import { FakeServer } from "../testing/fakeServer";

/** Colours need a browser; the structure does not. */
async function violations(): Promise<readonly string[]> {
  const found = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`));
}

let server: FakeServer;
const user = userEvent.setup({ document });

beforeEach(() => {
  server = new FakeServer();
  server.keys = [key({ lastUsedAt: new Date().toISOString(), description: "builds", scopes: ["read"] })];
  server.terms = terms({ scopes: ["read", "write"], kinds: ["secret", "publishable"] });
});

afterEach(() => {
  closePage();
  mock.restoreAll();
});

async function choose(action: string): Promise<void> {
  await user.click(await screen.findByRole("button", { name: "Actions for ci" }));
  await user.click(screen.getByRole("menuitem", { name: action }));
}

test("the list, the menu of a row, and credits", async () => {
  server.credits = [balance({ api: "rest-api", granted: 10, remaining: 0.5, resetsAt: null })];
  await openPage();
  await screen.findByTestId("credits");
  await user.click(await screen.findByRole("button", { name: "Actions for ci" }));
  assert.deepEqual(await violations(), []);
});

test("the empty page of a user without a plan", async () => {
  server.keys = [];
  server.terms = terms({ mayCreate: false, reason: "plan-required", upgradeUrl: "https://example.org" });
  await openPage();
  await screen.findByTestId("upgrade");
  assert.deepEqual(await violations(), []);
});

test("the form for a new key, full of faults", async () => {
  await openPage();
  await user.click(await screen.findByTestId("create-key"));
  await user.selectOptions(screen.getByLabelText(/^Expires/), "custom");
  await user.click(screen.getByTestId("create-submit"));
  assert.deepEqual(await violations(), []);
});

test("the new key with its examples", async () => {
  server.terms = terms({});
  await openPage();
  await user.click(await screen.findByTestId("create-key"));
  await user.type(screen.getByLabelText(/^Name/), "deploy");
  await user.click(screen.getByTestId("create-submit"));
  await screen.findByTestId("reveal");
  await user.keyboard("{Escape}");
  assert.deepEqual(await violations(), []);
});

for (const action of ["Rotate", "Edit name", "Delete"]) {
  test(`the dialog behind ${action}`, async () => {
    await openPage();
    await choose(action);
    assert.deepEqual(await violations(), []);
  });
}

test("everything is reached and done by keyboard", async () => {
  await openPage();
  const actions = await screen.findByRole("button", { name: "Actions for ci" });
  actions.focus();
  await user.keyboard("{ArrowDown}");
  assert.equal(document.activeElement?.textContent, "Rotate");
  await user.keyboard("{End}");
  assert.equal(document.activeElement?.textContent, "Delete");
  await user.keyboard("{ArrowDown}");
  assert.equal(document.activeElement?.textContent, "Rotate");
  await user.keyboard("{Escape}");
  assert.equal(document.activeElement, actions);
  assert.equal(screen.queryByRole("menu"), null);
});
