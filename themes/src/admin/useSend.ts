import { useCallback, useRef, useState } from "react";
import { Problem } from "../shared/problem";

/** One change that is sent at a time, and what came of it. */
export interface Sending {
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  /** Runs it unless one is under way; resolves to nothing when it failed. */
  send<T>(work: () => Promise<T>): Promise<T | undefined>;
}

export function useSend(): Sending {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const running = useRef(false);

  const send = useCallback(async <T,>(work: () => Promise<T>): Promise<T | undefined> => {
    if (running.current) {
      return undefined;
    }
    running.current = true;
    setBusy(true);
    setProblem(undefined);
    try {
      return await work();
    } catch (thrown) {
      setProblem(Problem.from(thrown));
      return undefined;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  return { busy, problem, send };
}
