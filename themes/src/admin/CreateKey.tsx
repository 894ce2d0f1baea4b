import { useId, useState } from "react";
import { Dialog } from "../shared/Dialog";
import { useStay } from "../shared/dom";
import { findDraft } from "../shared/draft";
import { subjectOf } from "../shared/host";
import type { IssuedKey } from "../shared/keys";
import { usePage } from "../shared/page";
import { FormButtons } from "../shared/FormButtons";
import { ProblemAlert } from "../shared/ProblemAlert";
import { useDraft } from "../shared/useDraft";
import { useTask } from "../shared/useTask";
import { useAdmin } from "./admin";
import type { NewKeyOfOwner, OwnerName } from "./documents";
import { KeyForm } from "./KeyForm";
import { documentOf, NEW_KEY, SHOWN, type Expiry, type KeyValues } from "./keyValues";
import { OwnerFields } from "./OwnerFields";
import type { Place } from "./place";
import { Reveal } from "./Reveal";

const EXPIRIES: readonly Expiry[] = ["default", "7", "30", "90", "365", "date", "never"];

interface Props {
  readonly onClose: (done: string | undefined) => void;
}

interface Typed {
  readonly owner: OwnerName;
  readonly key: KeyValues;
}

/** Makes a key for somebody else, or for a machine, and shows it. */
export function CreateKey({ onClose }: Props): JSX.Element {
  const { t } = usePage();
  const [issued, setIssued] = useState<IssuedKey>();
  return issued ? (
    <Reveal issued={issued} onClose={() => onClose(t("apiKeysAdminCreated", { name: issued.name }))} />
  ) : (
    <Form onClose={onClose} onIssued={setIssued} />
  );
}

/** Whether somebody had to leave the dialog to sign in again; that of another owner or realm is another dialog. */
export function wasLeft(subject: string | undefined, place: Place): boolean {
  return findDraft(subject)?.dialog === draftAt(place);
}

function Form({ onClose, onIssued }: Props & { readonly onIssued: (key: IssuedKey) => void }): JSX.Element {
  const { t, session } = usePage();
  const { rest, place, ownerName } = useAdmin();
  const form = useId();
  const task = useTask();
  const [typed, setTyped] = useState<Typed>(() => before(subjectOf(session), place) ?? NOTHING);
  const forget = useDraft(draftAt(place), { ...typed });
  useStay(task.busy);
  const close = (): void => {
    // What is under way may end in a key, which has to be shown.
    if (task.busy) {
      return;
    }
    forget();
    onClose(undefined);
  };
  const create = (): void =>
    task.run(async () => {
      const issued = await rest.create({ ...documentOf(typed.key, new Date()), owner: ownerAt(place, typed.owner) });
      forget();
      onIssued(issued);
    });
  return (
    <Dialog
      title={t(place.owner ? "apiKeysAdminCreateFor" : "apiKeysAdminCreate", { owner: ownerName ?? "" })}
      onEscape={close}
      wide
      footer={<FormButtons form={form} label={t("apiKeysAdminCreateAction")} busy={task.busy} onCancel={close} />}
    >
      <ProblemAlert problem={task.problem} shown={["owner", "owner.name", ...SHOWN]} />
      <KeyForm
        id={form}
        values={typed.key}
        expiries={EXPIRIES}
        problem={task.problem}
        fresh
        onChange={(change) => setTyped({ ...typed, key: { ...typed.key, ...change } })}
        onSubmit={create}
      >
        {!place.owner && <OwnerFields owner={typed.owner} problem={task.problem} onChange={(owner) => setTyped({ ...typed, owner })} />}
      </KeyForm>
    </Dialog>
  );
}

const NOTHING: Typed = { owner: { type: "user", name: "" }, key: NEW_KEY };

function draftAt({ realm, owner }: Place): string {
  return `admin-create ${realm} ${owner?.id ?? ""}`;
}

function before(subject: string | undefined, place: Place): Typed | undefined {
  const draft = findDraft(subject);
  return draft?.dialog === draftAt(place) ? (draft.values as unknown as Typed) : undefined;
}

/** Where the page is that of one owner, that owner and nobody else, whatever was typed before. */
function ownerAt({ owner }: Place, typed: OwnerName): NewKeyOfOwner["owner"] {
  return owner ? { type: owner.type === "client" ? "service-account" : "user", id: owner.id } : { ...typed, name: typed.name.trim() };
}
