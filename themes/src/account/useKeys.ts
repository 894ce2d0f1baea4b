import { useCallback, useEffect, useRef, useState } from "react";
import { alive, type ApiKey, type DailyUsage, type Terms } from "../shared/keys";
import { usePage } from "../shared/page";
import { Problem } from "../shared/problem";
import { keyService, PART } from "./keyService";

export interface Keys {
  readonly list: readonly ApiKey[] | undefined;
  readonly terms: Terms | undefined;
  readonly usage: ReadonlyMap<string, DailyUsage>;
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
  readonly terms: Terms;
  readonly usage: ReadonlyMap<string, DailyUsage>;
  readonly more: boolean;
  readonly now: Date;
}

const TYPING_PAUSE = 250;

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
  // Answers may arrive in another order than they were asked for; only the latest counts.
  const latest = useRef(0);

  const load = useCallback(
    async (q: string): Promise<void> => {
      const turn = ++latest.current;
      setBusy(true);
      try {
        const [list, terms, usage] = await Promise.all([keyService.list(rest, 0, q), keyService.terms(rest), usageOrNone(rest)]);
        if (turn === latest.current) {
          setLoaded({ list: sorted(list), terms, usage, more: list.length === PART, now: new Date() });
          setProblem(undefined);
        }
      } catch (thrown) {
        if (turn === latest.current) {
          setProblem(Problem.from(thrown));
        }
      } finally {
        if (turn === latest.current) {
          setBusy(false);
        }
      }
    },
    [rest],
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

  const loadMore = async (): Promise<void> => {
    if (!loaded) {
      return;
    }
    setBusy(true);
    try {
      const part = await keyService.list(rest, loaded.list.length, search);
      setLoaded({ ...loaded, list: sorted([...loaded.list, ...part]), more: part.length === PART });
    } catch (thrown) {
      setProblem(Problem.from(thrown));
    } finally {
      setBusy(false);
    }
  };

  return {
    list: loaded?.list,
    terms: loaded?.terms,
    usage: loaded?.usage ?? new Map<string, DailyUsage>(),
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

/** A list without its charts is better than none. */
async function usageOrNone(rest: Parameters<typeof keyService.usage>[0]): Promise<ReadonlyMap<string, DailyUsage>> {
  try {
    return await keyService.usage(rest);
  } catch {
    return new Map();
  }
}

/** Those that can be used first, newest first; each key once, since the list may grow between two parts of it. */
export function sorted(list: readonly ApiKey[]): readonly ApiKey[] {
  const once = [...new Map(list.map((key) => [key.id, key])).values()];
  const rank = (key: ApiKey): number => (key.status === "active" || key.status === "rotating" ? 0 : alive(key) ? 1 : 2);
  return once.sort((a, b) => rank(a) - rank(b) || b.createdAt.localeCompare(a.createdAt));
}
