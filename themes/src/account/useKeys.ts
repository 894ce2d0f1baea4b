import { useCallback, useEffect, useRef, useState } from "react";
import { alive, type ApiKey, type Balance, type DailyUsage, type SelfServicePolicy } from "../shared/keys";
import { usePage } from "../shared/page";
import { Problem } from "../shared/problem";
import { keyService, PART } from "./keyService";

export interface Keys {
  readonly list: readonly ApiKey[] | undefined;
  readonly terms: SelfServicePolicy | undefined;
  readonly usage: ReadonlyMap<string, DailyUsage>;
  readonly credits: readonly Balance[];
  readonly problem: Problem | undefined;
  readonly busy: boolean;
  readonly more: boolean;
  readonly search: string;
  readonly now: Date;
  find(search: string): void;
  reload(): Promise<void>;
  loadMore(): Promise<void>;
  /** Shows a changed key at once. */
  replace(key: ApiKey): void;
}

interface Loaded {
  readonly list: readonly ApiKey[];
  readonly terms: SelfServicePolicy;
  readonly usage: ReadonlyMap<string, DailyUsage>;
  readonly credits: readonly Balance[];
  readonly more: boolean;
  readonly now: Date;
}

/** Applies a response to the shown state. */
type Change = (before: Loaded | undefined) => Loaded | undefined;

const TYPING_PAUSE = 250;

// A list without its charts and credits is better than none.
const NO_USAGE: ReadonlyMap<string, DailyUsage> = new Map();
const NO_CREDITS: readonly Balance[] = [];

/**
 * The caller's keys, and what the caller may do with them.
 *
 * @param paused while a dialog is open: nothing may happen behind it that could end the session it is part of
 */
export function useKeys(paused: boolean): Keys {
  const { rest } = usePage();
  const [loaded, setLoaded] = useState<Loaded>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(true);
  const [search, setSearch] = useState("");
  // Responses may arrive out of order; only that of the latest request counts.
  const latest = useRef(0);

  const ask = useCallback(async (question: () => Promise<Change>): Promise<void> => {
    const turn = ++latest.current;
    const inTurn = (then: () => void): void => (turn === latest.current ? then() : undefined);
    setBusy(true);
    try {
      const change = await question();
      inTurn(() => {
        setLoaded(change);
        setProblem(undefined);
      });
    } catch (thrown) {
      inTurn(() => setProblem(Problem.from(thrown)));
    } finally {
      inTurn(() => setBusy(false));
    }
  }, []);

  const load = useCallback(
    (q: string): Promise<void> =>
      ask(async () => {
        const [list, terms, usage, credits] = await Promise.all([
          keyService.list(rest, 0, q),
          keyService.terms(rest),
          keyService.usage(rest).catch(() => NO_USAGE),
          keyService.credits(rest).catch(() => NO_CREDITS),
        ]);
        return () => ({ list: sorted(list), terms, usage, credits, more: list.length === PART, now: new Date() });
      }),
    [ask, rest],
  );

  useEffect(() => {
    const timer = setTimeout(() => void load(search), search ? TYPING_PAUSE : 0);
    return () => clearTimeout(timer);
  }, [load, search]);

  // Another tab may have changed them meanwhile.
  useEffect(() => {
    const seen = (): void => {
      if (!paused && document.visibilityState === "visible") {
        void load(search);
      }
    };
    document.addEventListener("visibilitychange", seen);
    return () => document.removeEventListener("visibilitychange", seen);
  }, [load, search, paused]);

  const loadMore = (): Promise<void> =>
    ask(async () => {
      const part = await keyService.list(rest, loaded?.list.length ?? 0, search);
      return (before) => before && { ...before, list: sorted([...before.list, ...part]), more: part.length === PART };
    });

  return {
    list: loaded?.list,
    terms: loaded?.terms,
    credits: loaded?.credits ?? NO_CREDITS,
    usage: loaded?.usage ?? NO_USAGE,
    problem,
    busy,
    more: loaded?.more ?? false,
    now: loaded?.now ?? new Date(),
    search,
    find: setSearch,
    reload: () => load(search),
    loadMore,
    replace: (key) =>
      setLoaded((before) => before && { ...before, list: sorted(before.list.map((old) => (old.id === key.id ? key : old))) }),
  };
}

/** Those that can be used first, newest first; each key once, since the list may grow between two parts of it. */
export function sorted(list: readonly ApiKey[]): readonly ApiKey[] {
  const once = [...new Map(list.map((key) => [key.id, key])).values()];
  const rank = (key: ApiKey): number => (key.status === "active" || key.status === "rotating" ? 0 : alive(key) ? 1 : 2);
  return once.sort((a, b) => rank(a) - rank(b) || b.createdAt.localeCompare(a.createdAt));
}
