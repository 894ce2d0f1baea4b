import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { closePage, openPage } from "../testing/account";
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

async function choose(action: string): Promise<void> {
  await user.click(await screen.findByRole("button", { name: "Actions for ci" }));
  await user.click(screen.getByRole("menuitem", { name: action }));
}

test("switching off can be undone", async () => {
  await openPage();
  await choose("Disable");
  await screen.findByText("Disabled");
  await user.click(screen.getByTestId("undo"));

  await screen.findByText("Active");
  assert.deepEqual(server.changes().map((one) => one.body), [{ enabled: false }, { enabled: true }]);
});

test("what was done before is not offered for undoing after something else", async () => {
  await openPage();
  await choose("Disable");
  await screen.findByTestId("undo");
  await choose("Delete");
  await user.click(screen.getByRole("button", { name: "Delete" }));

  await waitFor(() => assert.ok(!screen.queryByTestId("undo")));
});
