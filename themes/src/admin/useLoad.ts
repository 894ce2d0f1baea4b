import { useCallback, useEffect, useMemo, useState } from "react";
import { Problem } from "../shared/problem";

/** Something that comes from the server; while it is loaded again, what came before stays. */
export interface Loaded<T> {
  readonly data: T | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  reload(): void;
}

interface State<T> extends Pick<Loaded<T>, "data" | "problem"> {
  /** The request that this is the result of. */
  readonly request: object | undefined;
}

/**
 * Loads now and whenever the function is another one. A response that arrives after a later request is dropped.
 *
 * @param load from `useCallback`, so that its dependencies are checked
 */
export function useLoad<T>(load: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<State<T>>({ data: undefined, problem: undefined, request: undefined });
  const [attempt, setAttempt] = useState(0);
  const request = useMemo(() => ({ load, attempt }), [load, attempt]);

  useEffect(() => {
    let current = true;
    request.load().then(
      (data) => current && setState({ data, problem: undefined, request }),
      (thrown: unknown) => current && setState((before) => ({ data: before.data, problem: Problem.from(thrown), request })),
    );
    return () => {
      current = false;
    };
  }, [request]);

  const reload = useCallback(() => setAttempt((before) => before + 1), []);
  return { data: state.data, problem: state.problem, loading: state.request !== request, reload };
}
