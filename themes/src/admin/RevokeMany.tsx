import { useState } from "react";
import { usePage } from "../shared/page";
import { useAdmin } from "./admin";
import { Confirm } from "./Confirm";
import type { Filter } from "./documents";
import { useSend } from "./useSend";

interface Props {
  readonly filter: Filter;
  readonly count: number;
  readonly onClose: (done: string | undefined) => void;
}

/** Ends all keys that the filter finds; how many there are has to be typed, so that nobody ends more than is meant. */
export function RevokeMany({ filter, count, onClose }: Props): JSX.Element {
  const { t, format } = usePage();
  const { rest, place } = useAdmin();
  const { busy, problem, send } = useSend();
  const [ended, setEnded] = useState(0);
  const all = Object.keys(filter).length === 0;
  const confirm = async (): Promise<void> => {
    const sum = await send(async () => {
      let total = 0;
      for (let more = true; more; ) {
        const answer = await rest.revokeAll(filter);
        total += answer.revoked;
        setEnded(total);
        // Without an end there would be none where nothing can be revoked.
        more = answer.more && answer.revoked > 0;
      }
      return total;
    });
    if (sum !== undefined) {
      onClose(t("apiKeysAdminRevokedMany", { count: format.number(sum) }));
    }
  };
  return (
    <Confirm
      title={t("apiKeysAdminRevokeManyTitle", { count: format.number(count) })}
      action={t("apiKeysAdminRevoke")}
      danger
      typed={{ label: t("apiKeysAdminTypeCount", { count }), text: String(count) }}
      busy={busy}
      problem={problem}
      onConfirm={() => void confirm()}
      onCancel={() => onClose(undefined)}
    >
      <p>{all ? t("apiKeysAdminRevokeAllText", { realm: place.realm }) : t("apiKeysAdminRevokeManyText")}</p>
      {ended > 0 && <p role="status">{t("apiKeysAdminRevokedMany", { count: format.number(ended) })}</p>}
    </Confirm>
  );
}
