import { useCallback, useRef, useState } from "react";
import { Problem } from "./problem";

export interface Task {
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  /** Does the work unless it is under way already; what goes wrong is the problem, until the next attempt. */
  run(work: () => Promise<void>): void;
}

/** One thing at a time: a second click does nothing. */
export function useTask(): Task {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const running = useRef(false);

  const run = useCallback((work: () => Promise<void>) => {
    if (running.current) {
      return;
    }
    running.current = true;
    setBusy(true);
    setProblem(undefined);
    work()
      .catch((thrown: unknown) => setProblem(Problem.from(thrown)))
      .finally(() => {
        running.current = false;
        setBusy(false);
      });
  }, []);

  return { busy, problem, run };
}
