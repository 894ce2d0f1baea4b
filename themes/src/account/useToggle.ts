import { useState } from "react";
import type { ApiKey } from "../shared/keys";
import { usePage } from "../shared/page";
import type { Problem } from "../shared/problem";
import { useTask } from "../shared/useTask";
import { keyService } from "./keyService";
import type { Keys } from "./useKeys";

/** The key that was switched last, if it was. */
export interface Toggled {
  readonly key: ApiKey | undefined;
  readonly problem: Problem | undefined;
  /** Off what is on, and on what is off. */
  run(key: ApiKey): void;
  /** Something else was done since: there is nothing to say or undo any more. */
  forget(): void;
}

export function useToggle(keys: Keys): Toggled {
  const { rest, t, announce } = usePage();
  const task = useTask();
  const [last, setLast] = useState<ApiKey>();
  return {
    key: last,
    problem: task.problem,
    forget: () => setLast(undefined),
    run: (key) =>
      task.run(async () => {
        const changed = await keyService.change(rest, key, { enabled: !key.enabled }).catch(async (thrown: unknown) => {
          await keys.reload();
          throw thrown;
        });
        keys.replace(changed);
        setLast(changed);
        announce(t(changed.enabled ? "apiKeysEnabledNow" : "apiKeysDisabledNow", { name: changed.name }));
      }),
  };
}
