import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cleanup, render } from "@testing-library/react";
import { useStay } from "./dom";

afterEach(cleanup);

let attempts = 0;
const count = (): void => {
  attempts++;
};

function Shown({ active }: { readonly active: boolean }): JSX.Element {
  useStay(active, count);
  return <p>for the only time</p>;
}

/** What the console's router hears of a step back to that address. */
function back(address: string): readonly string[] {
  const heard: string[] = [];
  const router = (): unknown => heard.push(location.pathname);
  window.addEventListener("popstate", router);
  history.replaceState(null, "", address);
  window.dispatchEvent(new PopStateEvent("popstate"));
  window.removeEventListener("popstate", router);
  return heard;
}

test("a step back is undone before the router hears of it", () => {
  history.replaceState({ idx: 3 }, "", "/here");
  render(<Shown active />);
  attempts = 0;

  assert.deepEqual(back("/before"), []);

  assert.equal(attempts, 1);
  assert.equal(location.pathname, "/here");
  assert.deepEqual(history.state, { idx: 3 });
});

test("afterwards, and while nothing is shown, steps lead where they lead", () => {
  history.replaceState(null, "", "/here");
  const { rerender, unmount } = render(<Shown active />);
  rerender(<Shown active={false} />);
  assert.deepEqual(back("/before"), ["/before"]);
  unmount();
  assert.deepEqual(back("/earlier"), ["/earlier"]);
});
