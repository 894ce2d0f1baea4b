import { useCallback, useEffect, useState, type DependencyList } from "react";
import { Problem } from "../shared/problem";

/** Something that comes from the server; while it is loaded again, what came before stays. */
export interface Loaded<T> {
  readonly data: T | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  reload(): void;
}

/** Loads now and whenever a dependency changes. An answer that comes after a later question is dropped. */
export function useLoad<T>(load: () => Promise<T>, dependencies: DependencyList): Loaded<T> {
  const [state, setState] = useState<Omit<Loaded<T>, "reload">>({ data: undefined, problem: undefined, loading: true });
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    let current = true;
    setState((before) => ({ ...before, loading: true }));
    load().then(
      (data) => current && setState({ data, problem: undefined, loading: false }),
      (thrown: unknown) => current && setState((before) => ({ data: before.data, problem: Problem.from(thrown), loading: false })),
    );
    return () => {
      current = false;
    };
  }, [...dependencies, turn]);

  return { ...state, reload: useCallback(() => setTurn((before) => before + 1), []) };
}
