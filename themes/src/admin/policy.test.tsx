import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { closeAdmin, openAdmin } from "../testing/admin";
import { access, inForce } from "../testing/adminDocuments";
import { AdminServer } from "../testing/adminServer";

const KEYS = "#/demo/api-keys";

let server: AdminServer;
const user = userEvent.setup({ document });

beforeEach(() => {
  server = new AdminServer();
});

afterEach(() => {
  closeAdmin();
  mock.restoreAll();
});

test("each fault of a policy stands at its field", async () => {
  await openAdmin(`${KEYS}/policy`);
  const most = await screen.findByLabelText("Most keys");
  await user.clear(most);
  await user.type(most, "many");
  const errors = [{ field: "maxKeys", detail: "must be a whole number from 0 to 10000" }];
  server.next = Response.json({ type: "https://latchkey.io/problems/invalid-request", errors }, { status: 400 });
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => assert.ok(document.activeElement === most));
  assert.equal(most.getAttribute("aria-invalid"), "true");
  assert.equal((server.changes()[0]?.body as { maxKeys: unknown }).maxKeys, "many");
});

test("a fault of a set of choices belongs to each of them", async () => {
  await openAdmin(`${KEYS}/policy`);
  await user.type(await screen.findByLabelText("Scopes"), "email");
  const errors = [{ field: "kinds", detail: "must not be empty" }];
  server.next = Response.json({ type: "https://latchkey.io/problems/invalid-request", errors }, { status: 400 });
  await user.click(screen.getByRole("button", { name: "Save" }));

  const fault = await screen.findByText("must not be empty");
  const choices = within(fault.closest("fieldset") as HTMLElement).getAllByRole("checkbox");
  assert.deepEqual(choices.map((one) => [one.getAttribute("aria-invalid"), one.getAttribute("aria-describedby")]), [["true", fault.id], ["true", fault.id]]);
  assert.ok(document.activeElement === choices[0]);
});

test("attributes that are wrong are named", async () => {
  server.policy = inForce({ faults: [{ attribute: "latchkey.brand", detail: "must be 2 to 10 of a-z" }] });
  await openAdmin(`${KEYS}/policy`);
  assert.ok(await screen.findByText("latchkey.brand must be 2 to 10 of a-z"));
});

test("a policy with wrong attributes is saved without an edit, and a toast says so", async () => {
  server.policy = inForce({ faults: [{ attribute: "latchkey.brand", detail: "must be 2 to 10 of a-z" }] });
  await openAdmin(`${KEYS}/policy`);
  await user.click(await screen.findByRole("button", { name: "Save" }));

  assert.ok((await screen.findByTestId("toast")).textContent?.includes("The policy is saved."));
  assert.equal(server.changes().length, 1);
  assert.equal(screen.queryByTestId("alert-warning"), null);
  assert.ok(screen.getByRole<HTMLButtonElement>("button", { name: "Save" }).disabled);
  await user.click(screen.getByRole("button", { name: "Close" }));
  assert.equal(screen.queryByTestId("toast"), null);
});

test("settings that an update of the realm dropped are named until the policy is saved", async () => {
  server.policy = inForce({ removed: [{ attribute: "latchkey.rate-limit", effect: "No longer limited: a key may be used at any rate." }] });
  await openAdmin(`${KEYS}/policy`);
  const warning = await screen.findByTestId("alert-warning");
  assert.match(warning.textContent ?? "", /Settings that existed are gone.*latchkey.rate-limit No longer limited/);
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => assert.equal(screen.queryByTestId("alert-warning"), null));
});

test("edits of a policy outlive the page, and are gone once they are taken back", async () => {
  await openAdmin(`${KEYS}/policy`);
  await user.type(await screen.findByLabelText("Scopes"), "email");
  // The browser leaves the page and comes back to it, while another administrator has changed another setting.
  server.policy = inForce({ maxKeys: 7 });
  await openAdmin(`${KEYS}/policy`);
  assert.equal((await screen.findByLabelText<HTMLInputElement>("Scopes")).value, "email");
  assert.equal(screen.getByLabelText<HTMLInputElement>("Most keys").value, "7");

  await user.click(screen.getByRole("button", { name: "Revert" }));
  await openAdmin(`${KEYS}/policy`);

  assert.equal((await screen.findByLabelText<HTMLInputElement>("Scopes")).value, "");
});

test("what others have set meanwhile is not undone", async () => {
  await openAdmin(`${KEYS}/policy`);
  await user.type(await screen.findByLabelText("Scopes"), "email");
  server.policy = inForce({ maxKeys: 7 });
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => assert.equal(screen.getByLabelText<HTMLInputElement>("Most keys").value, "7"));
  assert.deepEqual([server.policy.maxKeys, server.policy.scopes], [7, ["email"]]);
});

test("a policy that may only be seen cannot be changed", async () => {
  server.access = access({ managePolicy: false });
  await openAdmin(`${KEYS}/policy`);
  assert.ok((await screen.findByLabelText<HTMLInputElement>("Brand")).readOnly);
  assert.ok(screen.getByLabelText<HTMLSelectElement>("Creation").disabled);
  assert.ok(!screen.queryByRole("button", { name: "Save" }));
});

test("plans are named with what they say in vain", async () => {
  const faults = [{ attribute: "latchkey.session", detail: "has no effect on a role" }];
  server.plans = [{ role: "pro", maxKeys: 50, defaultLifetime: "P90D", maxLifetime: "never", rateLimit: "50/s burst 200", ownerRateLimit: "unlimited", credits: { "rest-api": "10000/month" }, faults }];
  await openAdmin(`${KEYS}/plans`);
  const row = await screen.findByRole("row", { name: /pro/ });
  assert.ok(within(row).getByText("50"));
  assert.ok(within(row).getByText("90 days"));
  assert.ok(within(row).getByText("No expiry"));
  assert.ok(within(row).getByText("50/s burst 200"));
  assert.ok(within(row).getByText("Unlimited"));
  assert.ok(within(row).getByText("rest-api 10000/month"));
  assert.ok(within(row).getByText("latchkey.session has no effect on a role"));
});
