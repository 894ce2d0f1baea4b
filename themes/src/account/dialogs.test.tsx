import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { findDraft, saveDraft } from "../shared/draft";
import { closePage, openPage } from "../testing/account";
import { key, terms } from "../testing/documents";
import { FakeServer } from "../testing/fakeServer";

let server: FakeServer;
const user = userEvent.setup({ document });

beforeEach(() => {
  server = new FakeServer();
});

afterEach(() => {
  closePage();
  mock.restoreAll();
});

for (const [item, action] of [["Edit name", "Save"], ["Delete", "Delete"]] as const) {
  test(`the dialog behind ${item} does not close over what is under way`, async () => {
    await openPage();
    await user.click(await screen.findByRole("button", { name: "Actions for ci" }));
    await user.click(screen.getByRole("menuitem", { name: item }));
    let answer: (nothing?: unknown) => void = () => undefined;
    const slow = new Promise((resolve) => (answer = resolve));
    server.held.set("/api-keys/aBc", () => slow);
    await user.click(screen.getByRole("button", { name: action }));
    await user.keyboard("{Escape}");
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    assert.ok(screen.queryByRole("dialog"));

    answer();

    await waitFor(() => assert.ok(!screen.queryByRole("dialog")));
  });
}

test("what was typed in the other console stays there", async () => {
  saveDraft("u1", { dialog: "policy of demo", values: { brand: "acme" } });
  await openPage();
  await screen.findByTestId("create-key");
  assert.deepEqual(findDraft("u1")?.values, { brand: "acme" });
});

test("what has to be filled in says so to everybody", async () => {
  server.terms = terms({ requireIp: true });
  server.keys = [key({ lastUsedAt: new Date().toISOString() })];
  await openPage();
  await user.click(await screen.findByTestId("create-key"));
  await user.selectOptions(screen.getByLabelText("Expires"), "custom");
  for (const label of [/^Name/, /^Last day/, /^Allowed addresses/]) {
    assert.ok(screen.getByLabelText<HTMLInputElement>(label).required, String(label));
  }
  await user.click(screen.getByRole("button", { name: "Cancel" }));

  await user.click(screen.getByRole("button", { name: "Actions for ci" }));
  await user.click(screen.getByRole("menuitem", { name: "Delete" }));

  assert.ok(screen.getByLabelText<HTMLInputElement>(/ci/, { selector: "input" }).required);
});
