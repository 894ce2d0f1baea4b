import { environment } from "../shared/host";
import { pf } from "../shared/pf";
import { hashOf, ownerRoute, parseRoute, realmOf } from "./route";

/**
 * Adds the page to the console, which has no extension point: an entry in the menu, a tab on the owner, and a `main` that
 * replaces the console's while the route is one of this page. The console's router uses `pushState`, which fires no event, so
 * every change of the document is examined. Selectors checked with Keycloak 26.7; where one finds nothing, the link is missing
 * and the page stays reachable under its address.
 */
const MENU_ENTRY = "nav-item-api-keys";
const OWNER_TAB = "latchkey-owner-tab";
const SHOWN = "latchkey-shown";

const STYLES = `
#latchkey { display: none; }
html.${SHOWN} #app main:not(#latchkey) { display: none; }
html.${SHOWN} #latchkey { display: flex; }
`;

export interface ConsoleIntegration {
  readonly main: HTMLElement;
  /** Registers a listener for changed addresses; returns a function that removes it. */
  readonly onMove: (listener: () => void) => () => void;
  /** Sets the text of the links. */
  label(text: string): void;
}

export function integrateInto(app: HTMLElement): ConsoleIntegration {
  const main = document.createElement("main");
  main.id = "latchkey";
  main.tabIndex = -1;
  const listeners = new Set<() => void>();
  let name = "API keys";
  let last = "";

  const look = (): void => {
    placeMain(app, main);
    // Where ours has no place yet, theirs says at least that there is no such page.
    document.documentElement.classList.toggle(SHOWN, main.isConnected && parseRoute(location.hash) !== undefined);
    placeMenuEntry(name);
    placeOwnerTab(name);
    if (last !== location.hash) {
      last = location.hash;
      listeners.forEach((listener) => listener());
    }
  };

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  new MutationObserver(look).observe(app, { childList: true, subtree: true });
  window.addEventListener("hashchange", look);
  window.addEventListener("popstate", look);
  look();
  return {
    main,
    onMove: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    label: (text) => {
      name = text;
      look();
    },
  };
}

/** After the console's own, and again whenever the console makes a new one. */
function placeMain(app: HTMLElement, main: HTMLElement): void {
  const theirs = app.querySelector("main:not(#latchkey)");
  if (theirs && main.previousElementSibling !== theirs) {
    main.className = pf("page__main");
    theirs.after(main);
  }
}

/** Without an entry for users there is no permission to see keys. */
function placeMenuEntry(name: string): void {
  // Before the first route the console shows the realm of the login.
  const realm = realmOf(location.hash) ?? environment().realm;
  const users = document.getElementById("nav-item-users")?.closest("li");
  const entry = document.getElementById(MENU_ENTRY) ?? (users && link(users, pf("nav__link"), MENU_ENTRY));
  if (!(entry instanceof HTMLAnchorElement)) {
    return;
  }
  const here = parseRoute(location.hash) !== undefined;
  set(entry, "href", hashOf({ realm, view: "keys" }));
  set(entry, "aria-current", here ? "page" : null);
  entry.classList.toggle("pf-m-current", here);
  say(entry, name);
}

function placeOwnerTab(name: string): void {
  const route = ownerRoute(location.hash);
  const neighbour = route && neighbourOf(route.owner.type)?.closest("li");
  const tabs = neighbour?.closest("ul");
  if (!route || !neighbour || !tabs) {
    return;
  }
  let tab = document.getElementById(OWNER_TAB);
  if (!tab || !tabs.contains(tab)) {
    tab?.closest("li")?.remove();
    tab = link(neighbour, pf("tabs__link"), OWNER_TAB);
    const item = tab.closest("li");
    item?.classList.add(pf("tabs__item"));
    if (item && tabs.getAttribute("role") === "tablist") {
      beTab(item, tab);
    }
  }
  set(tab, "href", hashOf(route));
  say(tab, name, pf("tabs__item-text"));
}

/** A list of tabs may hold nothing else; ours is never the chosen one, for it leads away. */
function beTab(item: HTMLElement, tab: HTMLElement): void {
  item.role = "presentation";
  tab.role = "tab";
  tab.ariaSelected = "false";
  // Links do not know it, tabs do.
  tab.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      tab.click();
    }
  });
}

/** Early ones, for the last tabs are out of sight on most screens. Of clients, only service accounts own keys. */
function neighbourOf(type: "user" | "client"): Element | null {
  return type === "user"
    ? (document.querySelector("[data-testid=credentials]") ?? document.querySelector("[data-testid=user-details-tab]"))
    : document.querySelector("[data-testid=serviceAccountTab]");
}

function link(after: Element, className: string, id: string): HTMLAnchorElement {
  const item = document.createElement("li");
  const anchor = document.createElement("a");
  anchor.id = id;
  anchor.className = className;
  item.append(anchor);
  after.after(item);
  return anchor;
}

/** Only what differs, for every change makes the observer look again. */
function set(element: Element, attribute: string, value: string | null): void {
  if (element.getAttribute(attribute) !== value) {
    if (value === null) {
      element.removeAttribute(attribute);
    } else {
      element.setAttribute(attribute, value);
    }
  }
}

function say(element: Element, text: string, className?: string): void {
  if (element.textContent !== text) {
    const span = document.createElement("span");
    span.className = className ?? "";
    span.textContent = text;
    element.replaceChildren(className ? span : text);
  }
}
