import { useEffect, useRef } from "react";
import type { ApiKey } from "../shared/keys";
import { usePage } from "../shared/page";
import type { Problem } from "../shared/problem";
import { useTask } from "../shared/useTask";
import { keyService } from "./keyService";
import type { Keys } from "./useKeys";

export interface Toggle {
  readonly problem: Problem | undefined;
  /** Off what is on, and on what is off. */
  run(key: ApiKey): void;
  /** Something else was done since: there is nothing to say or undo any more. */
  forget(): void;
}

export function useToggle(keys: Keys): Toggle {
  const { rest, t, announce } = usePage();
  const task = useTask();
  const withdraw = useRef<() => void>();
  // "Undo" may be pressed much later, when the list is another.
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });

  const run = (key: ApiKey): void =>
    task.run(async () => {
      withdraw.current?.();
      const changed = await keyService.change(rest, key, { enabled: !key.enabled }).catch(async (thrown: unknown) => {
        await current.current.reload();
        throw thrown;
      });
      current.current.replace(changed);
      withdraw.current = announce(t(changed.enabled ? "apiKeysEnabledNow" : "apiKeysDisabledNow", { name: changed.name }), {
        label: t("apiKeysUndo"),
        onSelect: () => run(changed),
      });
    });

  return { problem: task.problem, run, forget: () => withdraw.current?.() };
}
