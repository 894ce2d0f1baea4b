import { useState } from "react";
import type { TextKey } from "../generated/textKeys";
import { Button } from "../shared/Button";
import { Dialog } from "../shared/Dialog";
import { randomId, useStay } from "../shared/dom";
import { Control, Field } from "../shared/Field";
import type { ApiKey, IssuedKey, GracePeriod } from "../shared/keys";
import { usePage } from "../shared/page";
import { useAdmin } from "./admin";
import { ProblemAlert } from "../shared/ProblemAlert";
import { Reveal } from "./Reveal";
import { useTask } from "../shared/useTask";

const GRACE_PERIODS: readonly (readonly [GracePeriod, TextKey])[] = [
  ["PT0S", "apiKeysAdminOverlapNone"],
  ["PT1H", "apiKeysAdminOverlapHour"],
  ["PT24H", "apiKeysAdminOverlapDay"],
  ["PT168H", "apiKeysAdminOverlapWeek"],
];

interface Props {
  readonly apiKey: ApiKey;
  readonly onClose: (done: string | undefined) => void;
}

/** A new key for an old one, which goes on working for a while. */
export function RotateKey({ apiKey, onClose }: Props): JSX.Element {
  const { t } = usePage();
  const { rest } = useAdmin();
  const task = useTask();
  const [gracePeriod, setGracePeriod] = useState<GracePeriod>("PT24H");
  const [once] = useState(randomId);
  const [issued, setIssued] = useState<IssuedKey>();
  useStay(task.busy);
  if (issued) {
    return <Reveal issued={issued} onClose={() => onClose(t("apiKeysAdminRotated", { name: apiKey.name }))} />;
  }
  const close = (): void => {
    // What is under way may end in a key, which has to be shown.
    if (!task.busy) {
      onClose(undefined);
    }
  };
  const rotate = (): void => task.run(async () => setIssued(await rest.rotate(apiKey.id, gracePeriod, `${once}-${gracePeriod}`)));
  return (
    <Dialog
      title={t("apiKeysAdminRotateTitle", { name: apiKey.name })}
      onEscape={close}
      footer={
        <>
          <Button look="primary" busy={task.busy} onClick={rotate}>
            {t("apiKeysRotate")}
          </Button>
          <Button look="link" onClick={close}>
            {t("apiKeysCancel")}
          </Button>
        </>
      }
    >
      <ProblemAlert problem={task.problem} />
      <Field label={t("apiKeysAdminOverlap")} help={t("apiKeysAdminRotateText")}>
        {(props) => (
          <Control opens>
            <select {...props} data-autofocus="" value={gracePeriod} onChange={(event) => setGracePeriod(event.target.value as GracePeriod)}>
              {GRACE_PERIODS.map(([option, text]) => (
                <option key={option} value={option}>
                  {t(text)}
                </option>
              ))}
            </select>
          </Control>
        )}
      </Field>
    </Dialog>
  );
}
