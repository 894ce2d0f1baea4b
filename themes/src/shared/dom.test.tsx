import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { cleanup, render } from "@testing-library/react";
import { useStay } from "./dom";

let attempts = 0;
const count = (): void => {
  attempts++;
};

/** As much of the Navigation API as is looked at. */
const navigation = new EventTarget();

beforeEach(() => {
  attempts = 0;
  Object.assign(window, { navigation });
});

afterEach(() => {
  cleanup();
  delete (window as { navigation?: EventTarget }).navigation;
});

function Shown({ active }: { readonly active: boolean }): JSX.Element {
  useStay(active, count);
  return <p>for the only time</p>;
}

/** Whether the browser does what it announces. */
function goes(navigationType: string, { cancelable = true, sameDocument = false } = {}): boolean {
  const event = Object.assign(new Event("navigate", { cancelable }), { navigationType, destination: { sameDocument } });
  return navigation.dispatchEvent(event);
}

test("a step back is refused with a message", () => {
  render(<Shown active />);
  assert.equal(goes("traverse"), false);
  assert.equal(attempts, 1);
});

test("a typed address within the console is refused, and a reload is left to the browser", () => {
  render(<Shown active />);
  assert.deepEqual([goes("push", { sameDocument: true }), goes("replace", { sameDocument: true })], [false, false]);
  assert.equal(attempts, 2);
  assert.ok(goes("reload", { sameDocument: true }));
});

test("a login, and a step that no page may refuse, are none of our business", () => {
  render(<Shown active />);
  assert.deepEqual([goes("push"), goes("replace"), goes("traverse", { cancelable: false })], [true, true, true]);
  assert.equal(attempts, 0);
});

test("before and afterwards steps lead where they lead", () => {
  const { rerender, unmount } = render(<Shown active={false} />);
  assert.ok(goes("traverse"));
  rerender(<Shown active />);
  unmount();
  assert.ok(goes("traverse"));
});

test("browsers that know no such thing show the page all the same", () => {
  delete (window as { navigation?: EventTarget }).navigation;
  assert.ok(render(<Shown active />).getByText("for the only time"));
});
