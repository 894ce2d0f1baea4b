import { useId, useState, type FormEvent } from "react";
import type { TextKey } from "../generated/textKeys";
import { Choice, ChoiceGroup } from "../shared/choices";
import { Dialog } from "../shared/Dialog";
import { randomId, useStay } from "../shared/dom";
import type { ApiKey, IssuedKey, GracePeriod, SelfServicePolicy } from "../shared/keys";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";
import { FormButtons } from "../shared/FormButtons";
import { ProblemAlert } from "../shared/ProblemAlert";
import { useTask } from "../shared/useTask";
import { keyService } from "./keyService";
import { Reveal } from "./Reveal";
import { useDraft } from "../shared/useDraft";

const GRACE_PERIOD_TEXTS: Readonly<Record<GracePeriod, TextKey>> = {
  PT0S: "apiKeysOverlapNone",
  PT1H: "apiKeysOverlapHour",
  PT24H: "apiKeysOverlapDay",
  PT168H: "apiKeysOverlapWeek",
};

/** What this dialog holds while it is open. */
export interface RotationDraft {
  readonly gracePeriod: GracePeriod;
  readonly endOnFirstUse: boolean;
  /** Names the attempt to the server, so that trying again after a lost answer is the same rotation. */
  readonly once: string;
}

interface Props {
  readonly apiKey: ApiKey;
  readonly terms: SelfServicePolicy;
  readonly before?: Partial<RotationDraft> | undefined;
  readonly onClose: () => void;
  readonly onRotated: () => void;
}

/** A new key now; the old one goes on for a while. */
export function RotateDialog({ apiKey, terms, before, onClose, onRotated }: Props): JSX.Element {
  const { t, rest } = usePage();
  const task = useTask();
  const id = useId();
  const [draft, setDraft] = useState<RotationDraft>(() => ({ gracePeriod: "PT24H", endOnFirstUse: false, once: randomId(), ...before }));
  const [issued, setIssued] = useState<IssuedKey>();
  const forget = useDraft("rotate", { keyId: apiKey.id, ...draft });
  useStay(task.busy);
  const close = (): void => {
    // What is under way may end in a key, which has to be shown.
    if (task.busy) {
      return;
    }
    forget();
    onClose();
  };
  // Another wish is another rotation.
  const change = (wish: Partial<RotationDraft>): void => setDraft({ ...draft, ...wish, once: randomId() });

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    task.run(async () => {
      const { gracePeriod, endOnFirstUse, once } = draft;
      const answer = await keyService.rotate(rest, apiKey, { gracePeriod, endOnFirstUse: gracePeriod !== "PT0S" && endOnFirstUse }, once);
      forget();
      setIssued(answer);
      onRotated();
    });
  };

  if (issued) {
    return <Reveal issued={issued} terms={terms} onDone={onClose} />;
  }
  return (
    <Dialog
      title={t("apiKeysRotateTitle", { name: apiKey.name })}
      testId="rotate"
      onEscape={close}
      footer={<FormButtons form={id} label={t("apiKeysRotate")} busy={task.busy} testId="rotate-submit" onCancel={close} />}
    >
      <form id={id} className={pf("form")} onSubmit={submit}>
        <ProblemAlert problem={task.problem} />
        <p>{t("apiKeysRotateHelp")}</p>
        <ChoiceGroup legend={t("apiKeysOverlap")}>
          {terms.gracePeriods.map((gracePeriod) => (
            <Choice
              key={gracePeriod}
              type="radio"
              name="gracePeriod"
              label={t(GRACE_PERIOD_TEXTS[gracePeriod])}
              checked={draft.gracePeriod === gracePeriod}
              autoFocus={draft.gracePeriod === gracePeriod}
              onChange={() => change({ gracePeriod })}
            />
          ))}
        </ChoiceGroup>
        {draft.gracePeriod !== "PT0S" && (
          <Choice
            type="checkbox"
            name="endOnFirstUse"
            label={t("apiKeysEndOnFirstUse")}
            checked={draft.endOnFirstUse}
            onChange={(endOnFirstUse) => change({ endOnFirstUse })}
          />
        )}
      </form>
    </Dialog>
  );
}
