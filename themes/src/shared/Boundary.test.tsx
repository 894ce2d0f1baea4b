import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { cleanup, render, screen } from "@testing-library/react";
import type { Plan } from "../admin/documents";
import { closeAdmin, openAdmin } from "../testing/admin";
import { AdminServer } from "../testing/adminServer";
import { Boundary } from "./Boundary";

// React reports each of them there, too.
beforeEach(() => void mock.method(console, "error", () => undefined));

afterEach(() => {
  cleanup();
  closeAdmin();
  mock.restoreAll();
});

function Drawn({ well }: { readonly well: boolean }): JSX.Element {
  if (!well) {
    throw new TypeError("no plan");
  }
  return <p>drawn</p>;
}

const page = (well: boolean): JSX.Element => (
  <Boundary instead={(error) => error.message}>
    <Drawn well={well} />
  </Boundary>
);

test("a failed page shows an error until the address changes", () => {
  const { rerender } = render(page(false));
  assert.ok(screen.getByText("no plan"));
  rerender(page(true));
  assert.ok(screen.getByText("drawn"));
});

test("a page does not go blank over an answer that it does not understand", async () => {
  const server = new AdminServer();
  server.plans = [{ role: "pro" } as Plan];
  await openAdmin("#/demo/api-keys/plans");
  assert.ok(await screen.findByTestId("alert-danger"));
});
