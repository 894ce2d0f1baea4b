import { useState } from "react";
import { usePage } from "../shared/page";
import { useAdmin } from "./admin";
import { ConfirmDialog } from "../shared/ConfirmDialog";
import type { Filter } from "./documents";
import { useTask } from "../shared/useTask";

interface Props {
  readonly filter: Filter;
  readonly count: number;
  readonly onClose: (done: string | undefined) => void;
}

/** Revokes all keys that the filter finds, after their number was typed. */
export function RevokeMany({ filter, count, onClose }: Props): JSX.Element {
  const { t, format } = usePage();
  const { rest, route } = useAdmin();
  const task = useTask();
  const [ended, setEnded] = useState(0);
  const all = Object.keys(filter).length === 0;
  const confirm = (): void =>
    task.run(async () => {
      let sum = 0;
      for (let more = true; more; ) {
        const answer = await rest.revokeAll(filter);
        sum += answer.revoked;
        setEnded(sum);
        // It would never end where nothing can be revoked.
        more = answer.more && answer.revoked > 0;
      }
      onClose(t("apiKeysAdminRevokedMany", { count: format.number(sum) }));
    });
  return (
    <ConfirmDialog
      title={t("apiKeysAdminRevokeManyTitle", { count: format.number(count) })}
      action={t("apiKeysAdminRevoke")}
      danger
      typed={{ label: t("apiKeysAdminTypeCount", { count }), text: String(count) }}
      task={task}
      onConfirm={confirm}
      onCancel={() => onClose(undefined)}
    >
      <p>{all ? t("apiKeysAdminRevokeAllText", { realm: route.realm }) : t("apiKeysAdminRevokeManyText")}</p>
      {ended > 0 && <p role="status">{t("apiKeysAdminRevokedMany", { count: format.number(ended) })}</p>}
    </ConfirmDialog>
  );
}
